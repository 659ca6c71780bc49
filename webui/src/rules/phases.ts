import type { Build, Health, Host, Phase, Volume, Workspace } from '../api/types'

/** How a phase looks: colour is never alone, the word always stands beside it. */
export interface Look {
  label: string
  color: string
  /** Something is under way: the dot pulses. */
  moving: boolean
}

export const phases: Record<Phase, Look> = {
  pending: { label: 'Pending', color: 'gray', moving: true },
  preparing: { label: 'Preparing', color: 'blue', moving: true },
  running: { label: 'Running', color: 'teal', moving: false },
  stopping: { label: 'Stopping', color: 'yellow', moving: true },
  stopped: { label: 'Stopped', color: 'gray', moving: false },
  failed: { label: 'Failed', color: 'red', moving: false },
  unknown: { label: 'Unknown', color: 'orange', moving: false },
}

export const healths: Record<Health, Look> = {
  starting: { label: 'Starting up', color: 'blue', moving: true },
  healthy: { label: 'Healthy', color: 'teal', moving: false },
  unhealthy: { label: 'Unhealthy', color: 'red', moving: false },
}

export const buildStates: Record<Build['state'], Look> = {
  requested: { label: 'Requested', color: 'gray', moving: true },
  building: { label: 'Building', color: 'blue', moving: true },
  succeeded: { label: 'Succeeded', color: 'teal', moving: false },
  failed: { label: 'Failed', color: 'red', moving: false },
  cancelled: { label: 'Cancelled', color: 'gray', moving: false },
}

export const volumeStates: Record<Volume['state'], Look> = {
  'in-use': { label: 'In use', color: 'teal', moving: false },
  kept: { label: 'Kept', color: 'yellow', moving: false },
  deleting: { label: 'Deleting', color: 'gray', moving: true },
}

const hostStates: Record<Host['state'], Look> = {
  registered: { label: 'Awaiting agent', color: 'blue', moving: true },
  online: { label: 'Online', color: 'teal', moving: false },
  lost: { label: 'Lost', color: 'red', moving: false },
  abandoned: { label: 'Given up', color: 'gray', moving: true },
  removed: { label: 'Removed', color: 'gray', moving: false },
}

export function hostLook(host: Pick<Host, 'state' | 'cordoned' | 'drained' | 'workspaces'>): Look {
  if (!host.cordoned || host.state !== 'online') return hostStates[host.state]
  if (!host.drained) return { label: 'Cordoned', color: 'yellow', moving: false }
  return leftToStop(host) > 0
    ? { label: 'Draining', color: 'yellow', moving: true }
    : { label: 'Drained', color: 'gray', moving: false }
}

/** How many workspaces of a drained host have not been seen to be stopped. */
export const leftToStop = (host: Pick<Host, 'drained' | 'workspaces'>): number =>
  host.drained ? (host.workspaces?.unsettled ?? 0) : 0

/** A state a newer server added: shown by its own name rather than not at all. */
export const lookOf = <K extends string>(looks: Record<K, Look>, state: K): Look =>
  looks[state] ?? { label: state, color: 'gray', moving: false }

/** What was asked for last has not reached the agent yet, so the phase tells of an older wish. */
export const isCatchingUp = (workspace: Pick<Workspace, 'generation' | 'observed'>): boolean =>
  workspace.observed.generation < workspace.generation
