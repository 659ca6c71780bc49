import { infiniteQueryOptions } from '@tanstack/react-query'
import { areas } from './areas'
import { answer, api } from './client'
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

export async function deleteVolume(id: string): Promise<void> {
  await api.DELETE('/api/v1/volumes/{id}', { params: { path: { id } } })
}
