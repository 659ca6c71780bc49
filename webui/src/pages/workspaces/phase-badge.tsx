import { Badge, Group, Tooltip } from '@mantine/core'
import type { Workspace } from '../../api/types'
import { isCatchingUp, lookOf, phases } from '../../rules/phases'
import { LookBadge } from '../../ui/look-badge'

const CATCHING_UP =
  'The latest change has not reached the host yet; the phase tells of the one before'

/** The observed phase, and beside it a hint while the host still acts on an older wish. */
export function PhaseBadge({ workspace }: { workspace: Workspace }) {
  return (
    <Group gap={6} wrap="nowrap" display="inline-flex">
      <LookBadge look={lookOf(phases, workspace.observed.phase)} />
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
