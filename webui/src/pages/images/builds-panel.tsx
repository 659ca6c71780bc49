import { Button, Group, Stack, Table, Text } from '@mantine/core'
import { useState } from 'react'
import { buildLog, cancelBuild } from '../../api/images'
import type { Build, Image } from '../../api/types'
import { useCommand } from '../../live/use-command'
import { EngineWords } from '../../ui/engine-words'
import { LogView } from '../../ui/log-view'
import { NameLink } from '../../ui/name-link'
import { Panel } from '../../ui/panel'
import { TimeAgo } from '../../ui/time-ago'
import { formatMillis } from '../../units/duration'
import { formatBytes } from '../../units/memory'
import { BuildBadge } from './build-badge'
import { goesOn, newestBuilds, tookMillis } from './image-facts'

export function BuildsPanel({ image }: { image: Image }) {
  const builds = newestBuilds(image)
  // What goes on is looked at unless one has chosen another log, or none.
  const [chosen, setChosen] = useState<number | null | undefined>(undefined)
  const shown = chosen === undefined ? (builds.find(goesOn)?.build ?? null) : chosen
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
    <>
      <Panel title="Builds" flush>
        <Table.ScrollContainer minWidth={720}>
          <Table aria-label="Builds">
            <Table.Thead>
              <Table.Tr>
                <Table.Th>Build</Table.Th>
                <Table.Th>Version</Table.Th>
                <Table.Th>Host</Table.Th>
                <Table.Th>State</Table.Th>
                <Table.Th>Requested</Table.Th>
                <Table.Th>Took</Table.Th>
                <Table.Th>Size</Table.Th>
                <Table.Th aria-label="Actions" />
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {builds.map((build) => (
                <Row
                  key={build.build}
                  image={image}
                  build={build}
                  logShown={build.build === shown}
                  onLog={setChosen}
                />
              ))}
            </Table.Tbody>
          </Table>
        </Table.ScrollContainer>
      </Panel>
      {shown !== null && (
        <Panel title={`Log of build ${shown}`}>
          <LogView path={buildLog(image.id, shown)} label={`Log of build ${shown}`} />
        </Panel>
      )}
    </>
  )
}

interface RowProps {
  image: Image
  build: Build
  logShown: boolean
  onLog: (build: number | null) => void
}

function Row({ image, build, logShown, onLog }: RowProps) {
  const took = tookMillis(build)
  const cancel = useCommand((number: number, key) => cancelBuild(image.id, number, key), {
    said: (number) => `Build ${number} of ${image.name} is cancelled`,
  })
  return (
    <Table.Tr>
      <Table.Td>{build.build}</Table.Td>
      <Table.Td>{build.version}</Table.Td>
      <Table.Td>
        <NameLink to="/hosts/$id" params={{ id: build.hostId }}>
          {build.host}
        </NameLink>
      </Table.Td>
      <Table.Td>
        <BuildBadge build={build} />
        {build.noCache && (
          <Text size="xs" c="dimmed">
            without cache
          </Text>
        )}
        {build.reason && (
          <Stack gap={6} mt={4}>
            <Text size="xs" c="dimmed">
              {build.reason.message}
            </Text>
            {!logShown && <EngineWords reason={build.reason} />}
          </Stack>
        )}
      </Table.Td>
      <Table.Td>
        <TimeAgo at={build.requestedAt} />
      </Table.Td>
      <Table.Td>{took === null ? '—' : formatMillis(took)}</Table.Td>
      <Table.Td>{build.sizeBytes === null ? '—' : formatBytes(build.sizeBytes)}</Table.Td>
      <Table.Td>
        <Group gap={6} justify="flex-end" wrap="nowrap">
          {goesOn(build) && (
            <Button
              size="compact-xs"
              variant="default"
              aria-label={`Cancel build ${build.build}`}
              loading={cancel.sending}
              onClick={() => cancel.send(build.build)}
            >
              Cancel
            </Button>
          )}
          <Button
            size="compact-xs"
            variant="default"
            aria-label={`${logShown ? 'Hide' : 'Show'} log of build ${build.build}`}
            onClick={() => onLog(logShown ? null : build.build)}
          >
            {logShown ? 'Hide log' : 'Log'}
          </Button>
        </Group>
      </Table.Td>
    </Table.Tr>
  )
}
