import type { Workspace } from '../api/types'

/**
 * Which actions a workspace allows in which state, and why not. Buttons, their disabled texts and
 * the tests are all made from this table. The server decides in the end; the table only keeps
 * people from asking in vain.
 */
export type WorkspaceAction = 'start' | 'stop' | 'restart' | 'edit' | 'delete'

/** What is wanted and what was observed, in one word. */
export type WorkspaceState =
  | 'starting'
  | 'running'
  | 'stopping'
  | 'stopped'
  | 'failed'
  | 'lost'
  | 'deleting'

type Verdict = true | string

export const workspaceActions: Record<WorkspaceAction, { label: string }> = {
  start: { label: 'Start' },
  stop: { label: 'Stop' },
  restart: { label: 'Restart' },
  edit: { label: 'Edit' },
  delete: { label: 'Delete' },
}

const GONE = 'It is being deleted'
const NO_HOST = 'Its host does not answer; this waits until it does'

export const allowed: Record<WorkspaceState, Record<WorkspaceAction, Verdict>> = {
  starting: {
    start: 'It is starting already',
    stop: true,
    restart: 'It is starting already',
    edit: true,
    delete: true,
  },
  running: { start: 'It is running already', stop: true, restart: true, edit: true, delete: true },
  stopping: {
    start: true,
    stop: 'It is stopping already',
    restart: 'It is stopping; start it instead',
    edit: true,
    delete: true,
  },
  stopped: {
    start: true,
    stop: 'It is stopped already',
    restart: 'It is stopped; start it instead',
    edit: true,
    delete: true,
  },
  failed: {
    start: 'It is meant to run already; restart it to try again',
    stop: true,
    restart: true,
    edit: true,
    delete: true,
  },
  lost: { start: NO_HOST, stop: true, restart: NO_HOST, edit: true, delete: true },
  deleting: {
    start: GONE,
    stop: GONE,
    restart: GONE,
    edit: GONE,
    delete: 'It is being deleted already',
  },
}

type Stated = Pick<Workspace, 'desired' | 'deleting'> & {
  observed: Pick<Workspace['observed'], 'phase'>
}

export function stateOf(workspace: Stated): WorkspaceState {
  if (workspace.deleting) return 'deleting'
  const { phase } = workspace.observed
  if (workspace.desired === 'stopped') return phase === 'stopped' ? 'stopped' : 'stopping'
  if (phase === 'unknown') return 'lost'
  if (phase === 'running' || phase === 'failed') return phase
  return 'starting'
}

/** Why the action cannot be taken now; `null` when it can. */
export function refusal(action: WorkspaceAction, workspace: Stated): string | null {
  const verdict = allowed[stateOf(workspace)][action]
  return verdict === true ? null : verdict
}
