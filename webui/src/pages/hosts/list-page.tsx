import { Button, Paper, Table, Text } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { useQuery } from '@tanstack/react-query'
import { hostsQuery } from '../../api/hosts'
import type { Host } from '../../api/types'
import { hostLook } from '../../rules/phases'
import { EmptyState } from '../../ui/empty-state'
import { HostIcon, PlusIcon } from '../../ui/icons'
import { Loaded } from '../../ui/loaded'
import { LookBadge } from '../../ui/look-badge'
import { NameLink } from '../../ui/name-link'
import { PageHeader } from '../../ui/page-header'
import { TimeAgo } from '../../ui/time-ago'
import { AllottedBars } from './allotted-bars'
import { RegisterHost } from './register-host'

export function HostsPage() {
  const [registering, dialog] = useDisclosure()
  const register = (
    <Button leftSection={<PlusIcon size={16} />} onClick={dialog.open}>
      Register host
    </Button>
  )
  return (
    <>
      <PageHeader title="Hosts" actions={register}>
        The machines workspaces run on, each with an agent of its own
      </PageHeader>
      <Loaded query={useQuery(hostsQuery)}>
        {({ items }) => (
          <Paper withBorder style={{ overflow: 'hidden' }}>
            {items.length === 0 ? (
              <EmptyState icon={<HostIcon />} title="No hosts yet" action={register}>
                Register a machine, then start the agent on it with the token you are shown. It
                needs a Docker Engine and a way to reach this server.
              </EmptyState>
            ) : (
              <HostTable hosts={items} />
            )}
          </Paper>
        )}
      </Loaded>
      <RegisterHost opened={registering} onClose={dialog.close} />
    </>
  )
}

function HostTable({ hosts }: { hosts: Host[] }) {
  return (
    <Table.ScrollContainer minWidth={760}>
      <Table aria-label="Hosts">
        <Table.Thead>
          <Table.Tr>
            <Table.Th>Name</Table.Th>
            <Table.Th>State</Table.Th>
            <Table.Th>Engine</Table.Th>
            <Table.Th w={260}>Allotted</Table.Th>
            <Table.Th>Last heard</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {hosts.map((host) => (
            <Table.Tr key={host.id} aria-label={host.name}>
              <Table.Td>
                <NameLink to="/hosts/$id" params={{ id: host.id }}>
                  {host.name}
                </NameLink>
              </Table.Td>
              <Table.Td>
                <LookBadge look={hostLook(host)} />
              </Table.Td>
              <Table.Td>
                {host.capability ? (
                  <>
                    {host.capability.engine} {host.capability.engineVersion}
                    <Text size="xs" c="dimmed">
                      {host.capability.os}/{host.capability.architecture}
                    </Text>
                  </>
                ) : (
                  '—'
                )}
              </Table.Td>
              <Table.Td>
                {host.capability ? <AllottedBars host={host} /> : <Text c="dimmed">—</Text>}
              </Table.Td>
              <Table.Td>
                {host.agent ? (
                  <TimeAgo at={host.agent.lastSeenAt} />
                ) : (
                  <Text size="sm" c="dimmed">
                    Never
                  </Text>
                )}
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  )
}
