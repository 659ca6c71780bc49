import { Paper, Table, Text, VisuallyHidden } from '@mantine/core'
import type { Workspace } from '../../api/types'
import { NameLink } from '../../ui/name-link'
import { TimeAgo } from '../../ui/time-ago'
import { formatBytes } from '../../units/memory'
import { PhaseBadge } from './phase-badge'
import { RowActions } from './row-actions'

/** The reason belongs beside the phase where something is wrong or under way. */
function Row({ workspace }: { workspace: Workspace }) {
  const { observed, resources } = workspace
  return (
    <Table.Tr aria-label={workspace.name}>
      <Table.Td>
        <NameLink to="/workspaces/$id" params={{ id: workspace.id }}>
          {workspace.name}
        </NameLink>
        <Text size="xs" c="dimmed">
          {workspace.owner}
        </Text>
      </Table.Td>
      <Table.Td maw={320}>
        <PhaseBadge workspace={workspace} />
        {observed.reason && (
          <Text size="xs" c="dimmed" mt={4} lineClamp={2}>
            {observed.reason.message}
          </Text>
        )}
      </Table.Td>
      <Table.Td style={{ whiteSpace: 'nowrap' }}>
        {workspace.image}
        <Text span size="sm" c="dimmed">
          :{workspace.imageVersion}
        </Text>
      </Table.Td>
      <Table.Td style={{ whiteSpace: 'nowrap' }}>
        {workspace.host ?? <Text c="dimmed">not placed</Text>}
      </Table.Td>
      <Table.Td style={{ whiteSpace: 'nowrap' }}>
        {resources.cpus} CPU · {formatBytes(resources.memoryBytes)}
        {resources.gpus > 0 && ` · ${resources.gpus} GPU`}
      </Table.Td>
      <Table.Td>
        <TimeAgo at={observed.since} />
      </Table.Td>
      <Table.Td>
        <RowActions workspace={workspace} />
      </Table.Td>
    </Table.Tr>
  )
}

export function WorkspaceTable({ workspaces }: { workspaces: Workspace[] }) {
  return (
    <Paper withBorder style={{ overflow: 'hidden' }}>
      <Table.ScrollContainer minWidth={860}>
        <Table aria-label="Workspaces">
          <Table.Thead>
            <Table.Tr>
              <Table.Th>Name</Table.Th>
              <Table.Th>Phase</Table.Th>
              <Table.Th>Image</Table.Th>
              <Table.Th>Host</Table.Th>
              <Table.Th>Resources</Table.Th>
              <Table.Th>Since</Table.Th>
              <Table.Th>
                <VisuallyHidden>Actions</VisuallyHidden>
              </Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {workspaces.map((each) => (
              <Row key={each.id} workspace={each} />
            ))}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
    </Paper>
  )
}
