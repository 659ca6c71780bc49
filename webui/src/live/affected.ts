import { areas, type Area } from '../api/areas'
import type { Fact } from '../api/types'

/**
 * Which areas a fact makes stale, by the kind of resource it is about. A workspace takes capacity of
 * a host and binds volumes; a host's loss changes what is known of its workspaces.
 */
const byKind: Record<string, readonly Area[]> = {
  workspace: [areas.workspaces, areas.hosts, areas.volumes, areas.secrets],
  volume: [areas.volumes, areas.workspaces],
  secret: [areas.secrets],
  image: [areas.images],
  build: [areas.images],
  host: [areas.hosts, areas.workspaces, areas.volumes],
  account: [areas.me],
}

/** A kind this client does not know yet: better to read too much than to show something old. */
const everything: readonly Area[] = [
  areas.workspaces,
  areas.images,
  areas.hosts,
  areas.volumes,
  areas.secrets,
]

export function affectedBy(fact: Pick<Fact, 'type' | 'resource'>): Area[] {
  const kind = fact.resource?.kind ?? fact.type.split('.')[0] ?? ''
  return [...(byKind[kind] ?? everything), areas.events]
}
