import { Badge, Group, Tooltip } from '@mantine/core'
import type { Workspace } from '../../api/types'
import { healths, isCatchingUp, lookOf, phases } from '../../rules/phases'
import { LookBadge } from '../../ui/look-badge'

const CATCHING_UP =
  'The latest change has not reached the host yet; the phase tells of the one before'

/** The observed phase, beside it its health, and a hint while the host still acts on an older wish. */
export function PhaseBadge({ workspace }: { workspace: Workspace }) {
  const { health } = workspace.observed
  return (
    <Group gap={6} wrap="nowrap" display="inline-flex">
      <LookBadge look={lookOf(phases, workspace.observed.phase)} />
      {health && <LookBadge look={lookOf(healths, health)} />}
      {isCatchingUp(workspace) && (
        <Tooltip label={CATCHING_UP} multiline w={260}>
          <Badge variant="outline" color="gray" tt="none" radius="xl" fw={500} tabIndex={0}>
            Catching up
          </Badge>
        </Tooltip>
      )}
      {workspace.deleting && (
        <Badge variant="outline" color="red" tt="none" radius="xl" fw={500}>
          Deleting
        </Badge>
      )}
    </Group>
  )
}
