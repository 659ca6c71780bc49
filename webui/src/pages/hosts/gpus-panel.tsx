import { Alert, Code, Stack, Table, Text } from '@mantine/core'
import type { Host } from '../../api/types'
import { WarningIcon } from '../../ui/icons'
import { Panel } from '../../ui/panel'
import { cardsOf } from '../../rules/charts'
import { formatBytes } from '../../units/memory'

/** The GPUs one by one, and what is wrong with them. Nothing on a host that never had any. */
export function GpusPanel({ host }: { host: Host }) {
  const { capability } = host
  if (!capability || (capability.gpuDevices.length === 0 && !capability.gpuReason)) return null
  const cards = cardsOf(host)
  return (
    <Panel title="GPUs">
      <Stack gap="sm">
        {capability.gpuReason && (
          <Alert color="orange" icon={<WarningIcon />}>
            <Text size="sm">{capability.gpuReason.message}</Text>
            {capability.gpuReason.remedy && (
              <Text size="sm">
                <b>What helps:</b> {capability.gpuReason.remedy.label}
              </Text>
            )}
          </Alert>
        )}
        {capability.gpuDevices.length > 0 && (
          <Table aria-label="GPUs of this host">
            <Table.Thead>
              <Table.Tr>
                <Table.Th>GPU</Table.Th>
                <Table.Th>Model</Table.Th>
                <Table.Th>Memory</Table.Th>
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {capability.gpuDevices.map((each) => (
                <Table.Tr key={each.uuid}>
                  <Table.Td>{cards.indexOf(each.parent ?? each.uuid)}</Table.Td>
                  <Table.Td>
                    {each.model}
                    <br />
                    <Code>{each.uuid}</Code>
                  </Table.Td>
                  <Table.Td>{each.memoryBytes > 0 ? formatBytes(each.memoryBytes) : '–'}</Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        )}
        {capability.gpuDriver && (
          <Text size="sm" c="dimmed">
            NVIDIA driver {capability.gpuDriver}
          </Text>
        )}
      </Stack>
    </Panel>
  )
}
