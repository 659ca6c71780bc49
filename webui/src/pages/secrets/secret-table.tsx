import { Group, Table, Text, VisuallyHidden } from '@mantine/core'
import type { Secret } from '../../api/types'
import { NameLink } from '../../ui/name-link'
import { TimeAgo } from '../../ui/time-ago'
import { DeleteSecret } from './delete-secret'
import { RenewSecret } from './renew-secret'

export function SecretTable({ secrets }: { secrets: Secret[] }) {
  return (
    <Table.ScrollContainer minWidth={820}>
      <Table aria-label="Secrets">
        <Table.Thead>
          <Table.Tr>
            <Table.Th>Name</Table.Th>
            <Table.Th>Version</Table.Th>
            <Table.Th>Used by</Table.Th>
            <Table.Th>Last fetched</Table.Th>
            <Table.Th>Owner</Table.Th>
            <Table.Th>
              <VisuallyHidden>Actions</VisuallyHidden>
            </Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {secrets.map((secret) => (
            <Table.Tr key={secret.id} aria-label={secret.name}>
              <Table.Td fw={600}>{secret.name}</Table.Td>
              <Table.Td>
                {secret.version}{' '}
                <Text span size="sm" c="dimmed">
                  <TimeAgo at={secret.renewedAt} inherit />
                </Text>
              </Table.Td>
              <Table.Td>
                <UsedBy secret={secret} />
              </Table.Td>
              <Table.Td>
                {secret.lastUsedAt ? (
                  <TimeAgo at={secret.lastUsedAt} />
                ) : (
                  <Text size="sm" c="dimmed">
                    Never
                  </Text>
                )}
              </Table.Td>
              <Table.Td>{secret.owner}</Table.Td>
              <Table.Td>
                <Group gap="xs" justify="flex-end" wrap="nowrap">
                  <RenewSecret secret={secret} />
                  <DeleteSecret secret={secret} />
                </Group>
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  )
}

function UsedBy({ secret }: { secret: Secret }) {
  if (secret.usedBy.length === 0) {
    return (
      <Text size="sm" c="dimmed">
        No workspace
      </Text>
    )
  }
  return (
    <Group gap="xs">
      {secret.usedBy.map((each) => (
        <NameLink key={each.workspaceId} to="/workspaces/$id" params={{ id: each.workspaceId }}>
          {each.workspaceName}
        </NameLink>
      ))}
    </Group>
  )
}
