import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query'
import { areas } from './areas'
import { answer, api, ifUnchanged, once } from './client'
import type { Page, Phase, Workspace, WorkspacePatch, WorkspaceRequest } from './types'

export interface WorkspaceFilter {
  q?: string | undefined
  state?: Phase | undefined
  host?: string | undefined
}

/** Rows asked for at once: a screenful and a half; more come with "Show more". */
const PAGE_SIZE = 50

export const workspacesQuery = (filter: WorkspaceFilter = {}) =>
  infiniteQueryOptions({
    queryKey: [areas.workspaces, 'list', filter],
    queryFn: ({ pageParam }) => {
      const query = {
        limit: PAGE_SIZE,
        ...(filter.q ? { q: filter.q } : {}),
        ...(filter.state ? { state: filter.state } : {}),
        ...(filter.host ? { host: filter.host } : {}),
        ...(pageParam ? { cursor: pageParam } : {}),
      }
      return answer<Page<Workspace>>(api.GET('/api/v1/workspaces', { params: { query } }))
    },
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.next,
  })

export const workspaceQuery = (id: string) =>
  queryOptions({
    queryKey: [areas.workspaces, id],
    queryFn: () =>
      answer<Workspace>(api.GET('/api/v1/workspaces/{id}', { params: { path: { id } } })),
  })

export const createWorkspace = (request: WorkspaceRequest, key: string) =>
  answer<Workspace>(api.POST('/api/v1/workspaces', { body: request, headers: once(key) }))

export const changeWorkspace = (seen: Workspace, patch: WorkspacePatch) =>
  answer<Workspace>(
    api.PATCH('/api/v1/workspaces/{id}', {
      params: { path: { id: seen.id } },
      body: patch,
      headers: { ...ifUnchanged(seen), 'Content-Type': 'application/merge-patch+json' },
    }),
  )

export async function deleteWorkspace(seen: Workspace, alsoVolumes: boolean): Promise<void> {
  await api.DELETE('/api/v1/workspaces/{id}', {
    params: { path: { id: seen.id }, query: alsoVolumes ? { volumes: 'delete' } : {} },
    headers: ifUnchanged(seen),
  })
}

export const startWorkspace = (id: string, key: string) =>
  answer<Workspace>(
    api.POST('/api/v1/workspaces/{id}/start', { params: { path: { id } }, headers: once(key) }),
  )

export const stopWorkspace = (id: string, key: string) =>
  answer<Workspace>(
    api.POST('/api/v1/workspaces/{id}/stop', { params: { path: { id } }, headers: once(key) }),
  )

export const restartWorkspace = (id: string, key: string) =>
  answer<Workspace>(
    api.POST('/api/v1/workspaces/{id}/restart', { params: { path: { id } }, headers: once(key) }),
  )
