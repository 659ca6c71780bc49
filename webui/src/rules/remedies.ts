import type { Remedy } from '../api/types'
import type { WorkspaceAction } from './actions'

/** What the screen can do about a workspace's remedy: act, lead to a screen, or only say it. */
export type Offer =
  | { kind: 'action'; action: WorkspaceAction }
  | { kind: 'screen'; of: 'host' | 'image' | 'volumes' }
  | { kind: 'words' }

/**
 * A remedy names an operation of the API as `METHOD /api/v1/path`. On a workspace's own reason
 * `{id}` means that workspace, its host or its image.
 */
const offers: [operation: RegExp, offer: Offer][] = [
  [/^POST \S*\/workspaces\/[^/]+\/start$/, { kind: 'action', action: 'start' }],
  [/^POST \S*\/workspaces\/[^/]+\/stop$/, { kind: 'action', action: 'stop' }],
  [/^POST \S*\/workspaces\/[^/]+\/restart$/, { kind: 'action', action: 'restart' }],
  [/^PATCH \S*\/workspaces\//, { kind: 'action', action: 'edit' }],
  [/^DELETE \S*\/workspaces\//, { kind: 'action', action: 'delete' }],
  [/ \S*\/hosts\b/, { kind: 'screen', of: 'host' }],
  [/ \S*\/images\b/, { kind: 'screen', of: 'image' }],
  [/ \S*\/volumes\b/, { kind: 'screen', of: 'volumes' }],
]

export const offerOf = (remedy: Remedy): Offer =>
  offers.find(([operation]) => operation.test(remedy.operation))?.[1] ?? { kind: 'words' }
