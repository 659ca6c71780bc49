import { Table, Text } from '@mantine/core'
import type { HeldVersion, Image } from '../../api/types'
import { standingWords } from '../../rules/standing'
import { NameLink } from '../../ui/name-link'
import { Panel } from '../../ui/panel'
import { TimeAgo } from '../../ui/time-ago'
import { formatBytes } from '../../units/memory'

/** Where versions are, what they take there, and for how long they stay. */
export function HeldPanel({ image }: { image: Image }) {
  if (image.held.length === 0) {
    return (
      <Panel title="On hosts">
        <Text size="sm" c="dimmed">
          On no host. One that needs it builds it.
        </Text>
      </Panel>
    )
  }
  return (
    <Panel title="On hosts" flush>
      <Table.ScrollContainer minWidth={560}>
        <Table aria-label="Versions on hosts">
          <Table.Thead>
            <Table.Tr>
              <Table.Th>Version</Table.Th>
              <Table.Th>Host</Table.Th>
              <Table.Th>Size</Table.Th>
              <Table.Th>Kept</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {image.held.map((each) => (
              <Row key={`${each.hostId}/${each.version}`} held={each} />
            ))}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
    </Panel>
  )
}

function Row({ held }: { held: HeldVersion }) {
  return (
    <Table.Tr>
      <Table.Td>{held.version}</Table.Td>
      <Table.Td>
        <NameLink to="/hosts/$id" params={{ id: held.hostId }}>
          {held.host}
        </NameLink>
      </Table.Td>
      <Table.Td>{formatBytes(held.sizeBytes)}</Table.Td>
      <Table.Td>
        <Text size="sm">
          {standingWords(held.standing)}
          {held.goesAt && (
            <>
              {' '}
              <TimeAgo at={held.goesAt} inherit />
            </>
          )}
        </Text>
      </Table.Td>
    </Table.Tr>
  )
}
