import { Text, Tooltip } from '@mantine/core'
import type { Volume } from '../../api/types'
import { formatBytes } from '../../units/memory'
import { formatAbsolute } from '../../units/time'

/** What its files took when its host last looked, which is every few minutes. */
export function VolumeSize({ volume }: { volume: Pick<Volume, 'sizeBytes' | 'measuredAt'> }) {
  if (volume.sizeBytes === null || volume.measuredAt === null) {
    return (
      <Text size="sm" c="dimmed">
        Not measured
      </Text>
    )
  }
  return (
    <Tooltip label={`Measured ${formatAbsolute(volume.measuredAt)}`} openDelay={300}>
      <Text size="sm" style={{ whiteSpace: 'nowrap' }}>
        {formatBytes(volume.sizeBytes)}
      </Text>
    </Tooltip>
  )
}
