import { Stack, Table, Text } from '@mantine/core'
import type { Image } from '../../api/types'
import { EngineWords } from '../../ui/engine-words'
import { NameLink } from '../../ui/name-link'
import { Panel } from '../../ui/panel'
import { TimeAgo } from '../../ui/time-ago'
import { BuildBadge } from './build-badge'
import { newestBuilds } from './image-facts'

export function BuildsPanel({ image }: { image: Image }) {
  const builds = newestBuilds(image)
  if (builds.length === 0) {
    return (
      <Panel title="Builds">
        <Text size="sm" c="dimmed">
          Not built yet. A host builds it when a workspace needs it there, or now if you ask.
        </Text>
      </Panel>
    )
  }
  return (
    <Panel title="Builds" flush>
      <Table.ScrollContainer minWidth={620}>
        <Table aria-label="Builds">
          <Table.Thead>
            <Table.Tr>
              <Table.Th>Build</Table.Th>
              <Table.Th>Version</Table.Th>
              <Table.Th>Host</Table.Th>
              <Table.Th>State</Table.Th>
              <Table.Th>Requested</Table.Th>
              <Table.Th>Finished</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {builds.map((build) => (
              <Table.Tr key={build.build}>
                <Table.Td>{build.build}</Table.Td>
                <Table.Td>{build.version}</Table.Td>
                <Table.Td>
                  <NameLink to="/hosts/$id" params={{ id: build.hostId }}>
                    {build.host}
                  </NameLink>
                </Table.Td>
                <Table.Td>
                  <BuildBadge build={build} />
                  {build.reason && (
                    <Stack gap={6} mt={4}>
                      <Text size="xs" c="dimmed">
                        {build.reason.message}
                      </Text>
                      <EngineWords reason={build.reason} />
                    </Stack>
                  )}
                </Table.Td>
                <Table.Td>
                  <TimeAgo at={build.requestedAt} />
                </Table.Td>
                <Table.Td>{build.finishedAt ? <TimeAgo at={build.finishedAt} /> : '—'}</Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
    </Panel>
  )
}
