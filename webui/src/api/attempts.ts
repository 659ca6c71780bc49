import { queryOptions } from '@tanstack/react-query'
import { areas } from './areas'
import { answer, api } from './client'
import type { Attempt, Page } from './types'

/** While something is under way: often enough for seconds to be seen passing. */
const LIVE_MILLIS = 1_000
/** Attempts are no facts: what changed them is seen at the latest after this. */
const IDLE_MILLIS = 15_000

/** The latest of what a host did for a workspace. `busy`: something is expected to happen. */
export const attemptsQuery = (workspace: string, limit: number, busy: boolean) =>
  queryOptions({
    queryKey: [areas.workspaces, workspace, 'attempts', limit],
    queryFn: () =>
      answer<Page<Attempt>>(
        api.GET('/api/v1/workspaces/{id}/attempts', {
          params: { path: { id: workspace }, query: { limit } },
        }),
      ),
    refetchInterval: ({ state }) =>
      busy || state.data?.items.some((each) => each.state === 'working')
        ? LIVE_MILLIS
        : IDLE_MILLIS,
  })

/** Where the log of an attempt is followed. */
export const attemptLog = (workspace: string, attempt: string): string =>
  `/api/v1/workspaces/${workspace}/attempts/${attempt}/log`
