import { queryOptions } from '@tanstack/react-query'
import { areas } from './areas'
import { answer, api, ifUnchanged, once } from './client'
import type { Host, Page, RegisteredHost } from './types'

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

export async function removeHost(seen: Host): Promise<void> {
  await api.DELETE('/api/v1/hosts/{id}', {
    params: { path: { id: seen.id } },
    headers: ifUnchanged(seen),
  })
}
