import { Badge, Group, Table, Text, VisuallyHidden } from '@mantine/core'
import type { Volume } from '../../api/types'
import { lookOf, volumeStates } from '../../rules/phases'
import { contentsNote } from '../../rules/volumes'
import { LookBadge } from '../../ui/look-badge'
import { NameLink } from '../../ui/name-link'
import { TimeAgo } from '../../ui/time-ago'
import { CloneVolume } from './clone-volume'
import { DeleteVolume } from './delete-volume'
import { DownloadVolume } from './download-volume'
import { RestoreVolume } from './restore-volume'
import { VolumeSize } from './volume-size'

export function VolumeTable({ volumes }: { volumes: Volume[] }) {
  return (
    <Table.ScrollContainer minWidth={1180}>
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
                <Group gap={6} wrap="nowrap">
                  <LookBadge look={lookOf(volumeStates, volume.state)} />
                  <ContentsBadge volume={volume} />
                </Group>
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
                <Group gap={4} justify="flex-end" wrap="nowrap">
                  <DownloadVolume volume={volume} />
                  <RestoreVolume volume={volume} />
                  <CloneVolume volume={volume} />
                  <DeleteVolume volume={volume} />
                </Group>
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  )
}

/** Only where something is not as it should be: most volumes are whole. */
function ContentsBadge({ volume }: { volume: Volume }) {
  const note = contentsNote(volume)
  return note === null ? null : (
    <Badge variant="light" color={volume.contents === 'incomplete' ? 'red' : 'blue'}>
      {note}
    </Badge>
  )
}
