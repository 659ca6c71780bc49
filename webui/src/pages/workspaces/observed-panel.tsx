import { Alert, Code, Stack, Text } from '@mantine/core'
import type { Phase, Reason, Workspace } from '../../api/types'
import { isCatchingUp } from '../../rules/phases'
import { offerOf } from '../../rules/remedies'
import { EngineWords } from '../../ui/engine-words'
import { FactsGrid } from '../../ui/facts-grid'
import { WarningIcon } from '../../ui/icons'
import { LinkButton } from '../../ui/link-button'
import { NameLink } from '../../ui/name-link'
import { Panel } from '../../ui/panel'
import { TimeAgo } from '../../ui/time-ago'
import { ActionButton } from './action-button'
import { PhaseBadge } from './phase-badge'
import { useWorkspaceCommands } from './use-workspace-commands'

const tone: Partial<Record<Phase, string>> = { failed: 'red', unknown: 'orange' }

/** It runs, and something is wrong with it all the same. */
const toneOf = ({ phase, health }: Workspace['observed']) =>
  tone[phase] ?? (health === 'unhealthy' ? 'red' : undefined)

/** What the host last saw, why, and what helps. */
export function ObservedPanel({ workspace }: { workspace: Workspace }) {
  const { observed } = workspace
  return (
    <Panel title="Observed">
      <Stack gap="md">
        {observed.reason && (
          <Alert
            color={toneOf(observed) ?? 'gray'}
            icon={toneOf(observed) ? <WarningIcon /> : null}
          >
            <Stack gap="xs" align="flex-start">
              <Text size="sm">{observed.reason.message}</Text>
              <EngineWords reason={observed.reason} />
              <Help workspace={workspace} reason={observed.reason} />
            </Stack>
          </Alert>
        )}
        <FactsGrid
          rows={[
            ['Phase', <PhaseBadge key="phase" workspace={workspace} />],
            ['Since', <TimeAgo key="since" at={observed.since} inherit />],
            [
              'Host',
              workspace.hostId ? (
                <NameLink key="host" to="/hosts/$id" params={{ id: workspace.hostId }}>
                  {workspace.host ?? workspace.hostId}
                </NameLink>
              ) : (
                'Not placed yet'
              ),
            ],
            [
              'Generation',
              isCatchingUp(workspace)
                ? `${observed.generation}, on its way to ${workspace.generation}`
                : String(workspace.generation),
            ],
            [
              'Container',
              observed.container ? (
                <Code key="container">{observed.container.slice(0, 12)}</Code>
              ) : null,
            ],
            [
              'GPUs',
              observed.gpus.length > 0 ? (
                <Code key="gpus" block>
                  {observed.gpus.join('\n')}
                </Code>
              ) : null,
            ],
          ]}
        />
      </Stack>
    </Panel>
  )
}

/** The reason's remedy, as a button where the screen can do it, else as words. */
function Help({ workspace, reason }: { workspace: Workspace; reason: Reason }) {
  const commands = useWorkspaceCommands(workspace)
  if (!reason.remedy) return null
  const offer = offerOf(reason.remedy)
  const words = (
    <Text size="sm">
      <b>What helps:</b> {reason.remedy.label}
    </Text>
  )
  const look = { size: 'xs', variant: 'default' } as const
  if (offer.kind === 'screen' && offer.of === 'host' && workspace.hostId) {
    return (
      <>
        {words}
        <LinkButton to="/hosts/$id" params={{ id: workspace.hostId }} {...look}>
          Open host
        </LinkButton>
      </>
    )
  }
  if (offer.kind === 'screen' && offer.of === 'image') {
    return (
      <>
        {words}
        <LinkButton to="/images/$id" params={{ id: workspace.imageId }} {...look}>
          Open image
        </LinkButton>
      </>
    )
  }
  if (offer.kind === 'action' && offer.action === 'edit') {
    return (
      <>
        {words}
        <LinkButton to="/workspaces/$id/edit" params={{ id: workspace.id }} {...look}>
          Edit workspace
        </LinkButton>
      </>
    )
  }
  if (offer.kind === 'action' && offer.action !== 'edit' && offer.action !== 'delete') {
    const { action } = offer
    return (
      <>
        {words}
        <ActionButton
          action={action}
          workspace={workspace}
          size="xs"
          loading={commands[action].sending}
          onClick={() => commands[action].send()}
        />
      </>
    )
  }
  return words
}
