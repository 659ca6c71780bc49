import { Text, Tooltip } from '@mantine/core'
import { useNow } from './use-now'
import { formatAbsolute, formatRelative } from '../units/time'

interface Props {
  /** `null` where it is not known. */
  at: string | null
  inherit?: boolean
}

/** When, as one says it; the exact time on hover and for screen readers. */
export function TimeAgo({ at, inherit = false }: Props) {
  const now = useNow()
  if (at === null) return '—'
  const exact = formatAbsolute(at)
  return (
    <Tooltip label={exact} openDelay={300}>
      <Text
        component="time"
        dateTime={at}
        inherit={inherit}
        {...(inherit ? {} : { size: 'sm', c: 'dimmed' })}
        style={{ whiteSpace: 'nowrap' }}
      >
        {formatRelative(at, now)}
      </Text>
    </Tooltip>
  )
}
