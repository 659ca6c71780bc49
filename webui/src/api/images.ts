import { queryOptions } from '@tanstack/react-query'
import { areas } from './areas'
import { answer, api, ifUnchanged, once } from './client'
import type { Image, ImagePatch, ImageRequest, ImageTemplate, Page } from './types'

/** Images are few and chosen from a select: one page of this many is the whole list in practice. */
const PAGE_SIZE = 200

export const imagesQuery = queryOptions({
  queryKey: [areas.images, 'list'],
  queryFn: () =>
    answer<Page<Image>>(api.GET('/api/v1/images', { params: { query: { limit: PAGE_SIZE } } })),
})

export const imageQuery = (id: string) =>
  queryOptions({
    queryKey: [areas.images, id],
    queryFn: () => answer<Image>(api.GET('/api/v1/images/{id}', { params: { path: { id } } })),
  })

/** They come with the server and do not change while it runs. */
export const templatesQuery = queryOptions({
  queryKey: [areas.images, 'templates'],
  queryFn: () => answer<Page<ImageTemplate>>(api.GET('/api/v1/images/templates')),
  staleTime: Number.POSITIVE_INFINITY,
})

export const defineImage = (request: ImageRequest, key: string) =>
  answer<Image>(api.POST('/api/v1/images', { body: request, headers: once(key) }))

export const reviseImage = (seen: Image, patch: ImagePatch) =>
  answer<Image>(
    api.PATCH('/api/v1/images/{id}', {
      params: { path: { id: seen.id } },
      body: patch,
      headers: { ...ifUnchanged(seen), 'Content-Type': 'application/merge-patch+json' },
    }),
  )

export async function retireImage(seen: Image): Promise<void> {
  await api.DELETE('/api/v1/images/{id}', {
    params: { path: { id: seen.id } },
    headers: ifUnchanged(seen),
  })
}

/** `noCache`: each step anew, also where the host has the image. Without a host the server chooses one. */
export interface BuildWish {
  host: string | null
  noCache: boolean
}

export async function buildImage(id: string, wish: BuildWish, key: string): Promise<void> {
  await api.POST('/api/v1/images/{id}/builds', {
    params: { path: { id } },
    body: { ...(wish.host ? { host: wish.host } : {}), ...(wish.noCache ? { noCache: true } : {}) },
    headers: once(key),
  })
}

export async function cancelBuild(id: string, build: number, key: string): Promise<void> {
  await api.POST('/api/v1/images/{id}/builds/{build}/cancel', {
    params: { path: { id, build } },
    headers: once(key),
  })
}

/** Where the log of a build is followed. */
export const buildLog = (id: string, build: number): string =>
  `/api/v1/images/${id}/builds/${build}/log`
