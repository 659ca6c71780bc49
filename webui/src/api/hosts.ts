import { queryOptions } from '@tanstack/react-query'
import { areas } from './areas'
import { answer, api, ifUnchanged, once } from './client'
import type { DryRun, Host, Page, RegisteredHost, RotatedToken } from './types'

const PAGE_SIZE = 200

/** Metrics are samples, not facts, so the stream does not tell about them: ask again this often. */
export const METRICS_EVERY_MILLIS = 10_000

export const hostsQuery = queryOptions({
  queryKey: [areas.hosts, 'list'],
  queryFn: () =>
    answer<Page<Host>>(api.GET('/api/v1/hosts', { params: { query: { limit: PAGE_SIZE } } })),
})

export const hostQuery = (id: string) =>
  queryOptions({
    queryKey: [areas.hosts, id],
    queryFn: () => answer<Host>(api.GET('/api/v1/hosts/{id}', { params: { path: { id } } })),
    refetchInterval: METRICS_EVERY_MILLIS,
  })

/** The answer holds the enrolment token; it is never shown again. */
export const registerHost = (name: string, key: string) =>
  answer<RegisteredHost>(api.POST('/api/v1/hosts', { body: { name }, headers: once(key) }))

export async function cordonHost(id: string, key: string): Promise<void> {
  await api.POST('/api/v1/hosts/{id}/cordon', { params: { path: { id } }, headers: once(key) })
}

export async function resumeHost(id: string, key: string): Promise<void> {
  await api.POST('/api/v1/hosts/{id}/resume', { params: { path: { id } }, headers: once(key) })
}

export async function drainHost(seen: Host, key: string): Promise<void> {
  await api.POST('/api/v1/hosts/{id}/drain', {
    params: { path: { id: seen.id } },
    headers: { ...once(key), ...ifUnchanged(seen) },
  })
}

/** What draining would stop, as things are now. Not cached: it is asked for each time a dialog opens. */
export const drainTold = (id: string) =>
  queryOptions({
    queryKey: [areas.hosts, id, 'drain-told'],
    queryFn: () =>
      told(
        api.POST('/api/v1/hosts/{id}/drain', {
          params: { path: { id }, query: { dryRun: true } },
        }),
      ),
    gcTime: 0,
  })

/** What goes with a host that is given up. */
export const givingUpTold = (id: string) =>
  queryOptions({
    queryKey: [areas.hosts, id, 'giving-up-told'],
    queryFn: () =>
      told(
        api.DELETE('/api/v1/hosts/{id}', {
          params: { path: { id }, query: { force: 'true', dryRun: true } },
        }),
      ),
    gcTime: 0,
  })

/** The document says that a change answers what it changed; a dry run answers what would happen. */
const told = (call: Promise<{ data?: unknown }>) =>
  answer<DryRun>(call as Promise<{ data?: DryRun }>)

/** The answer holds the enrolment token; it is never shown again. */
export const rotateToken = (id: string, revokeNow: boolean, key: string) =>
  answer<RotatedToken>(
    api.POST('/api/v1/hosts/{id}/rotate-token', {
      params: { path: { id }, query: revokeNow ? { revoke: 'now' } : {} },
      headers: once(key),
    }),
  )

export async function giveUpHost(seen: Host): Promise<void> {
  await api.DELETE('/api/v1/hosts/{id}', {
    params: { path: { id: seen.id }, query: { force: 'true' } },
    headers: ifUnchanged(seen),
  })
}

export async function removeHost(seen: Host): Promise<void> {
  await api.DELETE('/api/v1/hosts/{id}', {
    params: { path: { id: seen.id } },
    headers: ifUnchanged(seen),
  })
}
