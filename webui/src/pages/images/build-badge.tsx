import type { Build } from '../../api/types'
import { buildStates, lookOf } from '../../rules/phases'
import { LookBadge } from '../../ui/look-badge'

export function BuildBadge({ build }: { build: Build }) {
  return <LookBadge look={lookOf(buildStates, build.state)} />
}
