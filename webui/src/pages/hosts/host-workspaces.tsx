import { Group, Stack, Text } from '@mantine/core'
import { useInfiniteQuery } from '@tanstack/react-query'
import type { Host } from '../../api/types'
import { workspacesQuery } from '../../api/workspaces'
import { lookOf, phases } from '../../rules/phases'
import { LookBadge } from '../../ui/look-badge'
import { NameLink } from '../../ui/name-link'
import { Panel } from '../../ui/panel'

/** Who would notice if this host went away. */
export function HostWorkspaces({ host }: { host: Host }) {
  const { data } = useInfiniteQuery(workspacesQuery({ host: host.name }))
  const workspaces = data?.pages.flatMap((page) => page.items) ?? []
  return (
    <Panel title="Workspaces">
      {workspaces.length === 0 ? (
        <Text size="sm" c="dimmed">
          None is placed here.
        </Text>
      ) : (
        <Stack gap="xs">
          {workspaces.map((each) => (
            <Group key={each.id} justify="space-between">
              <NameLink to="/workspaces/$id" params={{ id: each.id }}>
                {each.name}
              </NameLink>
              <LookBadge look={lookOf(phases, each.observed.phase)} />
            </Group>
          ))}
        </Stack>
      )}
    </Panel>
  )
}
