import { Alert, Code, Group, List, Progress, Stack, Text } from '@mantine/core'
import type { Host } from '../../api/types'
import { leftToStop } from '../../rules/phases'
import { Panel } from '../../ui/panel'
import { TimeAgo } from '../../ui/time-ago'

/** How far a drain is. Nothing while the host is in service. */
export function DrainProgress({ host }: { host: Host }) {
  if (!host.drained) return null
  const left = leftToStop(host)
  const total = host.workspaces?.total ?? 0
  return (
    <Alert color={left > 0 ? 'yellow' : 'gray'} title={left > 0 ? 'Draining' : 'Out of service'}>
      <Stack gap="xs">
        <Text size="sm">
          {left > 0
            ? `${left} of ${total} workspaces have not stopped yet.`
            : 'Nothing runs there, and nothing starts until it is resumed. Volumes are kept.'}
        </Text>
        {left > 0 && (
          <Progress
            value={total === 0 ? 100 : (100 * (total - left)) / total}
            aria-label="Stopped workspaces"
          />
        )}
      </Stack>
    </Alert>
  )
}

/** What carries our labels on the engine though nobody asked for it: only a person can say whether it may go. */
export function Strays({ strays }: Pick<Host, 'strays'>) {
  if (strays === null) return null
  const more = strays.total - strays.names.length
  return (
    <Panel title="Strays">
      <Stack gap="xs">
        <Group gap={4}>
          <Text size="sm" c="dimmed">
            On its engine, with our labels, though nobody asked for them; left alone. Named{' '}
            <TimeAgo at={strays.at} inherit />.
          </Text>
        </Group>
        <List size="sm" aria-label="Strays">
          {strays.names.map((name) => (
            <List.Item key={name}>
              <Code>{name}</Code>
            </List.Item>
          ))}
        </List>
        {more > 0 && <Text size="sm">and {more} more</Text>}
      </Stack>
    </Panel>
  )
}
