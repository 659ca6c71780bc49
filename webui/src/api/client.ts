import createClient, { type Middleware } from 'openapi-fetch'
import { BEHIND_HEADER, POSITION_HEADER, highestPosition, notePosition } from './position'
import { readProblem, unreachable } from './problem'
import type { paths } from './schema.gen'

type BehindListener = () => void
const behindListeners = new Set<BehindListener>()

/** Called when an answer's view had not yet passed the position we asked for. */
export function onBehind(listener: BehindListener): () => void {
  behindListeners.add(listener)
  return () => behindListeners.delete(listener)
}

const readYourWrites: Middleware = {
  onRequest({ request }) {
    const position = highestPosition()
    if (request.method === 'GET' && position > 0) {
      request.headers.set(POSITION_HEADER, String(position))
    }
    return request
  },
  async onResponse({ response }) {
    notePosition(response.headers.get(POSITION_HEADER))
    if (response.headers.get(BEHIND_HEADER) === 'true') for (const tell of behindListeners) tell()
    if (!response.ok) throw await readProblem(response)
  },
  onError() {
    return unreachable()
  },
}

export const api = createClient<paths>({
  baseUrl: globalThis.location.origin,
  // Looked up at each call, so that tests can put their own server behind it.
  fetch: (request) => globalThis.fetch(request),
})
api.use(readYourWrites)

/** The body of an answer. Refusals have been thrown by then, as `ProblemError`. */
export async function answer<T>(call: Promise<{ data?: T }>): Promise<T> {
  const { data } = await call
  return data as T
}

/** Headers of a change: sent twice with the same key, it happens once. */
export const once = (key: string): { 'Idempotency-Key': string } => ({ 'Idempotency-Key': key })

/** Headers of a change that must only happen to the generation the person was looking at. */
export const ifUnchanged = (seen: { generation: number }): { 'If-Match': string } => ({
  'If-Match': `"${seen.generation}"`,
})

/** A random UUID that also exists where the page is not a secure context (the sign-in page). */
export function freshKey(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16))
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x40
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')
}
