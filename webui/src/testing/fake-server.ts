import { vi } from 'vitest'

export interface Call {
  method: string
  path: string
  query: URLSearchParams
  headers: Headers
  body: unknown
}

type Answer = { status?: number; body?: unknown; headers?: Record<string, string> }
type Route = (call: Call) => Answer

/** A server in the test's own hands, in place of `fetch`. Keeps every call. */
export class FakeServer {
  readonly calls: Call[] = []
  readonly #routes = new Map<string, Route>()

  constructor() {
    vi.stubGlobal('fetch', async (request: Request) => this.#answer(request))
  }

  on(route: string, answer: Answer | Route): this {
    this.#routes.set(route, typeof answer === 'function' ? answer : () => answer)
    return this
  }

  /** The calls to one route, such as `POST /workspaces`. */
  to(route: string): Call[] {
    return this.calls.filter((each) => `${each.method} ${each.path}` === route)
  }

  async #answer(request: Request): Promise<Response> {
    const url = new URL(request.url)
    const text = await request.text()
    const call: Call = {
      method: request.method,
      path: url.pathname.replace('/api/v1', ''),
      query: url.searchParams,
      headers: request.headers,
      body: text === '' ? null : JSON.parse(text),
    }
    this.calls.push(call)
    const route = this.#routes.get(`${call.method} ${call.path}`)
    const {
      status = 200,
      body,
      headers = {},
    } = route?.(call) ?? {
      status: 404,
      body: { title: 'Not found', status: 404, code: 'not_found' },
    }
    return new Response(body === undefined ? null : JSON.stringify(body), {
      status,
      headers: { 'Content-Type': 'application/json', ...headers },
    })
  }
}

/** One page holding these items. */
export const listOf = (...items: unknown[]): Answer => ({ body: { items, next: null } })

export const problem = (
  status: number,
  code: string,
  title: string,
  errors: { pointer: string; code: string; message: string }[] = [],
): Answer => ({ status, body: { type: 'about:blank', title, status, detail: title, code, errors } })
