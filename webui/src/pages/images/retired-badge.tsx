import { Badge } from '@mantine/core'
import type { Image } from '../../api/types'

/** Retired: what uses it goes on, nothing new can. */
export function RetiredBadge({ image }: { image: Pick<Image, 'state'> }) {
  if (image.state !== 'retired') return null
  return (
    <Badge variant="outline" color="gray" tt="none" radius="xl">
      Retired
    </Badge>
  )
}
