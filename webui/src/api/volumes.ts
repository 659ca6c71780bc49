import { infiniteQueryOptions } from '@tanstack/react-query'
import { areas } from './areas'
import { answer, api, once } from './client'
import type { Page, Volume } from './types'

const PAGE_SIZE = 100

export const volumesQuery = infiniteQueryOptions({
  queryKey: [areas.volumes, 'list'],
  queryFn: ({ pageParam }) =>
    answer<Page<Volume>>(
      api.GET('/api/v1/volumes', {
        params: { query: { limit: PAGE_SIZE, ...(pageParam ? { cursor: pageParam } : {}) } },
      }),
    ),
  initialPageParam: null as string | null,
  getNextPageParam: (last) => last.next,
})

export const createVolume = (name: string, host: string | null, key: string) =>
  answer<Volume>(
    api.POST('/api/v1/volumes', { params: { header: once(key) }, body: { name, host } }),
  )

export const cloneVolume = (id: string, name: string, key: string) =>
  answer<Volume>(
    api.POST('/api/v1/volumes/{id}/clone', {
      params: { path: { id }, header: once(key) },
      body: { name },
    }),
  )

/** Where the browser downloads it from, piece by piece; nothing of it passes through the page. */
export const archivePath = (id: string): string =>
  `/api/v1/volumes/${encodeURIComponent(id)}/archive`

/** Sent from the file as it is; answers once its host has all of it. */
export const restoreVolume = (id: string, file: File) =>
  answer<Volume>(
    api.PUT('/api/v1/volumes/{id}/archive', {
      params: { path: { id } },
      headers: { 'Content-Type': 'application/x-tar' },
      body: file as unknown as string,
      bodySerializer: (body) => body,
    }),
  )

export async function deleteVolume(id: string): Promise<void> {
  await api.DELETE('/api/v1/volumes/{id}', { params: { path: { id } } })
}
