import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query'
import { areas } from './areas'
import { answer, api } from './client'
import { notePosition } from './position'
import type { Fact, Page } from './types'

const PAGE_SIZE = 25

/** Facts, newest first; with a resource's id only what happened to it. */
export const eventsQuery = (resource?: string) =>
  infiniteQueryOptions({
    queryKey: [areas.events, 'list', resource ?? null],
    queryFn: ({ pageParam }) =>
      answer<Page<Fact>>(
        api.GET('/api/v1/events', {
          params: {
            query: {
              limit: PAGE_SIZE,
              ...(resource ? { resource } : {}),
              ...(pageParam ? { cursor: pageParam } : {}),
            },
          },
        }),
      ),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.next,
  })

/**
 * The ledger's newest position as this page starts. Asked before any screen reads: every read is
 * then at least this new, and the stream goes on right after it, so no fact falls in between.
 */
export const startPositionQuery = queryOptions({
  queryKey: ['start-position'],
  queryFn: async () => {
    const page = await answer<Page<Fact>>(
      api.GET('/api/v1/events', { params: { query: { limit: 1 } } }),
    )
    const position = page.items[0]?.position ?? 0
    notePosition(position)
    return position
  },
  staleTime: Number.POSITIVE_INFINITY,
  gcTime: Number.POSITIVE_INFINITY,
})
