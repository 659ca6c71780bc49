import { Table, Text, VisuallyHidden } from '@mantine/core'
import type { Volume } from '../../api/types'
import { lookOf, volumeStates } from '../../rules/phases'
import { LookBadge } from '../../ui/look-badge'
import { NameLink } from '../../ui/name-link'
import { TimeAgo } from '../../ui/time-ago'
import { DeleteVolume } from './delete-volume'
import { VolumeSize } from './volume-size'

export function VolumeTable({ volumes }: { volumes: Volume[] }) {
  return (
    <Table.ScrollContainer minWidth={760}>
      <Table aria-label="Volumes">
        <Table.Thead>
          <Table.Tr>
            <Table.Th>Name</Table.Th>
            <Table.Th>State</Table.Th>
            <Table.Th>Workspace</Table.Th>
            <Table.Th>Host</Table.Th>
            <Table.Th>Size</Table.Th>
            <Table.Th>Owner</Table.Th>
            <Table.Th>Created</Table.Th>
            <Table.Th>
              <VisuallyHidden>Actions</VisuallyHidden>
            </Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {volumes.map((volume) => (
            <Table.Tr key={volume.id} aria-label={volume.name}>
              <Table.Td fw={600}>{volume.name}</Table.Td>
              <Table.Td>
                <LookBadge look={lookOf(volumeStates, volume.state)} />
              </Table.Td>
              <Table.Td>
                {volume.workspaceId ? (
                  <NameLink to="/workspaces/$id" params={{ id: volume.workspaceId }}>
                    {volume.workspaceName ?? volume.workspaceId}
                  </NameLink>
                ) : (
                  <Text size="sm" c="dimmed">
                    None
                  </Text>
                )}
              </Table.Td>
              <Table.Td>
                <NameLink to="/hosts/$id" params={{ id: volume.hostId }}>
                  {volume.host}
                </NameLink>
              </Table.Td>
              <Table.Td>
                <VolumeSize volume={volume} />
              </Table.Td>
              <Table.Td>{volume.owner}</Table.Td>
              <Table.Td>
                <TimeAgo at={volume.createdAt} />
              </Table.Td>
              <Table.Td ta="right">
                <DeleteVolume volume={volume} />
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  )
}
