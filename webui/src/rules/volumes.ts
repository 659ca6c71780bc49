import type { Volume } from '../api/types'

export type VolumeAction = 'download' | 'restore' | 'clone' | 'delete'

type Seen = Pick<Volume, 'state' | 'contents'>

const IN_USE = 'It is in use; delete its workspace, or take it out of that workspace, first'
const DELETING = 'It is being deleted already'
const COPYING = 'Its host is still copying into it'
const INCOMPLETE = 'A restore into it is under way or broke off; restore it again, or delete it'

const unfinished: Record<Volume['contents'], string | null> = {
  whole: null,
  copying: COPYING,
  incomplete: INCOMPLETE,
}

const refusals: Record<VolumeAction, (volume: Seen) => string | null> = {
  download: ({ contents }) => unfinished[contents],
  restore: ({ state, contents }) =>
    state === 'in-use' ? IN_USE : contents === 'copying' ? COPYING : null,
  // Of one that is being copied itself, the copy is made afterwards.
  clone: ({ contents }) => (contents === 'incomplete' ? INCOMPLETE : null),
  delete: ({ state }) => (state === 'in-use' ? IN_USE : null),
}

/** Why this cannot be done to a volume now; `null` when it can. */
export const volumeRefusal = (action: VolumeAction, volume: Seen): string | null =>
  volume.state === 'deleting' ? DELETING : refusals[action](volume)

/** What is wrong with what it holds, in a word; `null` when nothing is. */
export const contentsNote = ({ contents }: Pick<Volume, 'contents'>): string | null =>
  contents === 'copying' ? 'Copying' : contents === 'incomplete' ? 'Incomplete' : null
