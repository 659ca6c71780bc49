import { Group, Text } from '@mantine/core'
import type { ConnectionState } from '../live/connection'
import { useConnection } from '../live/live-facts'
import classes from './connection-note.module.css'

const notes: Record<ConnectionState, { label: string; hint: string }> = {
  connecting: { label: 'Connecting', hint: 'Changes will show at once' },
  live: { label: 'Live', hint: 'Changes show at once' },
  reconnecting: { label: 'Reconnecting', hint: 'What is shown may be old' },
}

/** Whether what is on the screen is the present. Told to screen readers when it changes. */
export function ConnectionNote() {
  const connection = useConnection()
  const { label, hint } = notes[connection]
  return (
    <Group
      gap={10}
      px="xs"
      py={8}
      wrap="nowrap"
      role="status"
      aria-label="Connection"
      data-connection={connection}
    >
      <span className={classes['dot']} data-connection={connection} />
      <div>
        <Text size="sm" fw={600} lh={1.3}>
          {label}
        </Text>
        <Text size="xs" c="dimmed" lh={1.3}>
          {hint}
        </Text>
      </div>
    </Group>
  )
}
