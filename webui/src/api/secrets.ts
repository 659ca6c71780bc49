import { infiniteQueryOptions } from '@tanstack/react-query'
import { areas } from './areas'
import { answer, api, once } from './client'
import type { Page, Secret, SecretRequest } from './types'

const PAGE_SIZE = 100

export const secretsQuery = infiniteQueryOptions({
  queryKey: [areas.secrets, 'list'],
  queryFn: ({ pageParam }) =>
    answer<Page<Secret>>(
      api.GET('/api/v1/secrets', {
        params: { query: { limit: PAGE_SIZE, ...(pageParam ? { cursor: pageParam } : {}) } },
      }),
    ),
  initialPageParam: null as string | null,
  getNextPageParam: (last) => last.next,
})

export const createSecret = (request: SecretRequest, key: string) =>
  answer<Secret>(api.POST('/api/v1/secrets', { body: request, headers: once(key) }))

export const renewSecret = (id: string, value: string, key: string) =>
  answer<Secret>(
    api.POST('/api/v1/secrets/{id}/versions', {
      params: { path: { id } },
      body: { value },
      headers: once(key),
    }),
  )

export async function deleteSecret(id: string): Promise<void> {
  await api.DELETE('/api/v1/secrets/{id}', { params: { path: { id } } })
}
