import { Grid, Stack, Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi, useNavigate } from '@tanstack/react-router'
import { hostQuery } from '../../api/hosts'
import type { Host } from '../../api/types'
import { hostCharts } from '../../rules/charts'
import { hostLook } from '../../rules/phases'
import { EventFeed } from '../../ui/event-feed'
import { FactsGrid } from '../../ui/facts-grid'
import { Loaded } from '../../ui/loaded'
import { LookBadge } from '../../ui/look-badge'
import { PageHeader } from '../../ui/page-header'
import { Panel } from '../../ui/panel'
import { TimeAgo } from '../../ui/time-ago'
import { UsageOverTime } from '../../ui/usage-over-time'
import { formatBytes } from '../../units/memory'
import { AllottedBars } from './allotted-bars'
import { GpusPanel } from './gpus-panel'
import { HostActions } from './host-actions'
import { HostWorkspaces } from './host-workspaces'
import { ImagesPanel } from './images-panel'
import { MetricsPanel } from './metrics-panel'
import { DrainProgress, Strays } from './service-panel'

const route = getRouteApi('/shell/hosts/$id')

export function HostPage() {
  const { id } = route.useParams()
  return <Loaded query={useQuery(hostQuery(id))}>{(data) => <Shown host={data} />}</Loaded>
}

function Shown({ host }: { host: Host }) {
  const navigate = useNavigate()
  return (
    <>
      <PageHeader
        title={host.name}
        badge={<LookBadge look={hostLook(host)} />}
        back={{ to: '/hosts', label: 'Hosts' }}
        actions={<HostActions host={host} onRemoved={() => void navigate({ to: '/hosts' })} />}
      />
      <Grid gap="lg">
        <Grid.Col span={{ base: 12, md: 7 }}>
          <Stack gap="lg">
            <DrainProgress host={host} />
            <Panel title="Allotted to workspaces">
              {host.capability ? (
                <AllottedBars host={host} />
              ) : (
                <Text size="sm" c="dimmed">
                  The agent has not reported yet. Start it with the token you were shown at
                  registration; if that is lost, rotate the token.
                </Text>
              )}
            </Panel>
            <HostWorkspaces host={host} />
            <UsageOverTime charts={hostCharts(host)} of={{ kind: 'hosts', id: host.id }} />
            <Panel title="Events">
              <EventFeed resource={host} />
            </Panel>
          </Stack>
        </Grid.Col>
        <Grid.Col span={{ base: 12, md: 5 }}>
          <Stack gap="lg">
            <MetricsPanel metrics={host.metrics} />
            <GpusPanel host={host} />
            <CapabilityPanel host={host} />
            <ImagesPanel images={host.images} />
            <Strays strays={host.strays} />
          </Stack>
        </Grid.Col>
      </Grid>
    </>
  )
}

function CapabilityPanel({ host }: { host: Host }) {
  const { capability, agent } = host
  return (
    <Panel title="Capability">
      <FactsGrid
        rows={[
          ['CPUs', capability && String(capability.cpus)],
          ['Memory', capability && formatBytes(capability.memoryBytes)],
          ['GPUs', capability && String(capability.gpus)],
          ['Engine', capability && `${capability.engine} ${capability.engineVersion}`],
          ['Engine API', capability?.apiVersion ?? null],
          ['System', capability && `${capability.os}, ${capability.architecture}`],
          ['Agent', agent ? `${agent.version}, session ${agent.epoch}` : 'Not started yet'],
          ['Last heard', agent && <TimeAgo key="seen" at={agent.lastSeenAt} inherit />],
          ['Registered', <TimeAgo key="created" at={host.createdAt} inherit />],
        ]}
      />
    </Panel>
  )
}
