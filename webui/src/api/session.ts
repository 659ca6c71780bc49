import { queryOptions } from '@tanstack/react-query'
import { areas } from './areas'
import { answer, api, freshKey, once } from './client'
import { isPassing } from './problem'
import type { Me } from './types'

export const meQuery = queryOptions({
  queryKey: [areas.me],
  queryFn: () => answer<Me>(api.GET('/api/v1/me')),
  staleTime: Number.POSITIVE_INFINITY,
  // Not being signed in is an answer; none at all is worth another try.
  retry: (failures, error) => failures < 2 && isPassing(error),
})

/** Trades a one-time link for a session cookie. A link works once. */
export async function signIn(link: string): Promise<void> {
  await api.POST('/api/v1/session', { body: { link }, headers: once(freshKey()) })
}

export async function signOut(): Promise<void> {
  await api.DELETE('/api/v1/session')
}
