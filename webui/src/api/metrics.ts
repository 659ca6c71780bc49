import { queryOptions } from '@tanstack/react-query'
import { areas } from './areas'
import { answer, api } from './client'
import type { Metrics } from './types'

/** Samples come about this often; means of longer times more seldom. */
const EVERY_MILLIS = 10_000
const SLOWEST_MILLIS = 5 * 60_000

/** As many as can be told apart in a chart. */
const POINTS = 180

const over = (seconds: number) => {
  const now = Date.now()
  return {
    from: new Date(now - seconds * 1000).toISOString(),
    to: new Date(now).toISOString(),
    points: POINTS,
  }
}

const every = (seconds: number) =>
  Math.min(SLOWEST_MILLIS, Math.max(EVERY_MILLIS, (seconds * 1000) / POINTS))

/** What is measured. */
export interface Measured {
  kind: 'hosts' | 'workspaces'
  id: string
}

export const metricsQuery = ({ kind, id }: Measured, seconds: number) =>
  queryOptions({
    queryKey: [areas[kind], id, 'metrics', seconds],
    queryFn: () => {
      const params = { path: { id }, query: over(seconds) }
      return answer<Metrics>(
        kind === 'hosts'
          ? api.GET('/api/v1/hosts/{id}/metrics', { params })
          : api.GET('/api/v1/workspaces/{id}/metrics', { params }),
      )
    },
    refetchInterval: every(seconds),
  })
