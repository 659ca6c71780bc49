import { Grid, Stack } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi, useNavigate } from '@tanstack/react-router'
import { workspaceQuery } from '../../api/workspaces'
import type { Workspace } from '../../api/types'
import { workspaceCharts } from '../../rules/charts'
import { EventFeed } from '../../ui/event-feed'
import { Loaded } from '../../ui/loaded'
import { PageHeader } from '../../ui/page-header'
import { Panel } from '../../ui/panel'
import { UsageOverTime } from '../../ui/usage-over-time'
import { AttemptsPanel } from './attempts-panel'
import { ObservedPanel } from './observed-panel'
import { PageActions } from './page-actions'
import { PhaseBadge } from './phase-badge'
import {
  AppsPanel,
  EnvironmentPanel,
  GitPanel,
  HealthCheckPanel,
  SecretsPanel,
  SpecPanel,
  VolumesPanel,
} from './spec-panels'

const route = getRouteApi('/shell/workspaces/$id')

export function WorkspacePage() {
  const { id } = route.useParams()
  return (
    <Loaded query={useQuery(workspaceQuery(id))}>{(data) => <Shown workspace={data} />}</Loaded>
  )
}

function Shown({ workspace }: { workspace: Workspace }) {
  const navigate = useNavigate()
  return (
    <>
      <PageHeader
        title={workspace.name}
        badge={<PhaseBadge workspace={workspace} />}
        back={{ to: '/workspaces', label: 'Workspaces' }}
        actions={
          <PageActions
            workspace={workspace}
            onDeleted={() => void navigate({ to: '/workspaces' })}
          />
        }
      >
        {workspace.image}:{workspace.imageVersion} for {workspace.owner}
      </PageHeader>
      <Grid gap="lg">
        <Grid.Col span={{ base: 12, md: 7 }}>
          <Stack gap="lg">
            <ObservedPanel workspace={workspace} />
            <AttemptsPanel workspace={workspace} />
            <VolumesPanel workspace={workspace} />
            <AppsPanel workspace={workspace} />
            <UsageOverTime
              charts={workspaceCharts(workspace)}
              of={{ kind: 'workspaces', id: workspace.id }}
            />
            <Panel title="Events">
              <EventFeed resource={workspace} />
            </Panel>
          </Stack>
        </Grid.Col>
        <Grid.Col span={{ base: 12, md: 5 }}>
          <Stack gap="lg">
            <SpecPanel workspace={workspace} />
            <EnvironmentPanel workspace={workspace} />
            <SecretsPanel workspace={workspace} />
            <GitPanel workspace={workspace} />
            <HealthCheckPanel workspace={workspace} />
          </Stack>
        </Grid.Col>
      </Grid>
    </>
  )
}
