import { QueryClient } from '@tanstack/react-query'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { Refresher } from './refresher'

beforeEach(() => vi.useFakeTimers())
afterEach(() => vi.useRealTimers())

const watched = () => {
  const client = new QueryClient()
  client.setQueryData(['workspaces', 'list'], [])
  client.setQueryData(['images', 'list'], [])
  const stale = (area: string) => client.getQueryState([area, 'list'])?.isInvalidated
  return { client, stale }
}

it('a burst of facts is one reading', () => {
  const { client } = watched()
  const invalidate = vi.spyOn(client, 'invalidateQueries')
  const refresher = new Refresher(client)
  for (let fact = 0; fact < 20; fact += 1) refresher.stale(['workspaces', 'events'])
  vi.advanceTimersByTime(1_000)
  expect(invalidate).toHaveBeenCalledOnce()
})

it('only the affected areas become stale', () => {
  const { client, stale } = watched()
  new Refresher(client).stale(['workspaces'])
  vi.advanceTimersByTime(1_000)
  expect([stale('workspaces'), stale('images')]).toEqual([true, false])
})
