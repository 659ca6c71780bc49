import { Code, Table, Text } from '@mantine/core'
import type { ReactNode } from 'react'
import type { Workspace } from '../../api/types'
import { FactsGrid } from '../../ui/facts-grid'
import { NameLink } from '../../ui/name-link'
import { Panel } from '../../ui/panel'
import { TimeAgo } from '../../ui/time-ago'
import { formatHours, hoursOf, secondsOf } from '../../units/duration'
import { formatBytes } from '../../units/memory'
import { visibilities } from './visibilities'

interface Props {
  workspace: Workspace
}

/** What is wanted, as it was asked for. */
export function SpecPanel({ workspace }: Props) {
  const { resources } = workspace
  const autoStop = hoursOf(workspace.autoStop)
  return (
    <Panel title="Specification">
      <FactsGrid
        rows={[
          ['Wanted', workspace.desired === 'running' ? 'Running' : 'Stopped'],
          [
            'Image',
            <NameLink key="image" to="/images/$id" params={{ id: workspace.imageId }}>
              {workspace.image}:{workspace.imageVersion}
            </NameLink>,
          ],
          ['CPUs', String(resources.cpus)],
          ['Memory', formatBytes(resources.memoryBytes)],
          ['GPUs', resources.gpus > 0 ? String(resources.gpus) : null],
          [
            'Stops itself',
            autoStop === null ? 'Never' : `${formatHours(autoStop)} after each start`,
          ],
          ['Created', <TimeAgo key="created" at={workspace.createdAt} inherit />],
        ]}
      />
    </Panel>
  )
}

export function EnvironmentPanel({ workspace }: Props) {
  const entries = Object.entries(workspace.env)
  return (
    <Panel title="Environment">
      {entries.length === 0 ? (
        <Text size="sm" c="dimmed">
          No variables are set.
        </Text>
      ) : (
        <FactsGrid
          rows={entries.map(([name, value]) => [
            name,
            <Code key={name}>{value || '(empty)'}</Code>,
          ])}
        />
      )}
    </Panel>
  )
}

export function VolumesPanel({ workspace }: Props) {
  if (workspace.volumes.length === 0) {
    return (
      <Panel title="Volumes">
        <Text size="sm" c="dimmed">
          It has no volumes: what is written in it is lost when its container is replaced. Edit it
          to add one.
        </Text>
      </Panel>
    )
  }
  return (
    <Panel title="Volumes" flush>
      <Table aria-label="Volumes of this workspace">
        <Table.Thead>
          <Table.Tr>
            <Table.Th>Name</Table.Th>
            <Table.Th>Mounted at</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {workspace.volumes.map((each) => (
            <Table.Tr key={each.name}>
              <Table.Td>{each.name}</Table.Td>
              <Table.Td>
                <Code>{each.mountPath}</Code>
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Panel>
  )
}

export function AppsPanel({ workspace }: Props) {
  if (workspace.apps.length === 0) return null
  return (
    <Panel title="Apps" flush>
      <Table aria-label="Apps of this workspace">
        <Table.Thead>
          <Table.Tr>
            <Table.Th>Name</Table.Th>
            <Table.Th>Port</Table.Th>
            <Table.Th>Open to</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {workspace.apps.map((each) => (
            <Table.Tr key={each.name}>
              <Table.Td>{each.name}</Table.Td>
              <Table.Td>{each.port}</Table.Td>
              <Table.Td>{visibilities[each.visibility] ?? each.visibility}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Panel>
  )
}

/** Names alone: nobody reads a value back. */
export function SecretsPanel({ workspace }: Props) {
  const variables = Object.entries(workspace.secretEnv)
  if (workspace.secrets.length + variables.length === 0) return null
  return (
    <Panel title="Secrets">
      <FactsGrid
        rows={[
          ...workspace.secrets.map((name): [string, ReactNode] => [
            name,
            <Code key={name}>/run/secrets/{name}</Code>,
          ]),
          ...variables.map(([variable, name]): [string, ReactNode] => [
            name,
            <Code key={variable}>${variable}</Code>,
          ]),
        ]}
      />
    </Panel>
  )
}

export function HealthCheckPanel({ workspace }: Props) {
  const check = workspace.healthCheck
  if (check === null) return null
  return (
    <Panel title="Health check">
      <FactsGrid
        rows={[
          ['Command', <Code key="command">{check.command}</Code>],
          ['Every', seconds(check.interval)],
          ['Time limit', seconds(check.timeout)],
          ['Unhealthy after', `${check.retries} in a row`],
          ['Time to start', seconds(check.startPeriod)],
          ['When unhealthy', check.restart ? 'Started again' : 'Left running'],
        ]}
      />
    </Panel>
  )
}

const seconds = (duration: string) => `${secondsOf(duration) ?? duration} s`

export function GitPanel({ workspace }: Props) {
  const { git } = workspace
  if (git === null) return null
  return (
    <Panel title="Repository">
      <FactsGrid
        rows={[
          ['Cloned from', <Code key="url">{git.url}</Code>],
          ['At', git.ref],
          ['To', <Code key="path">{git.path}</Code>],
          ['With secret', git.secret],
        ]}
      />
    </Panel>
  )
}
