import type { Volume } from '../api/types'

const refusals: Record<Volume['state'], string | null> = {
  kept: null,
  'in-use': 'It is in use; delete its workspace, or take it out of that workspace, first',
  deleting: 'It is being deleted already',
}

/** Why a volume cannot be deleted now; `null` when it can. */
export const volumeRefusal = (volume: Pick<Volume, 'state'>): string | null =>
  refusals[volume.state]
