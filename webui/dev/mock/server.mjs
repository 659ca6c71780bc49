import { createServer } from 'node:http'
import { randomUUID } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { extname, join, normalize } from 'node:path'
import { requireDocumented } from './document.mjs'
import { Refusal, readJson, send } from './http.mjs'
import { eventRoutes, hostRoutes, imageRoutes, volumeRoutes } from './others.mjs'
import { secretRoutes } from './secrets.mjs'
import { workspaceRoutes } from './workspaces.mjs'

const types = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.svg': 'image/svg+xml',
}
/** As strict as the client allows; what it breaks here would break on a real server. */
const POLICY =
  "default-src 'self'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; object-src 'none'; base-uri 'none'"

const sessionOf = (request) => /__Host-trailer=([\w-]+)/.exec(request.headers.cookie ?? '')?.[1]

/** The API of the contract over a world, and the built client if `dist` names it. */
export function serve(world, { link, dist = null }) {
  const routes = {
    ...workspaceRoutes(world),
    ...imageRoutes(world),
    ...hostRoutes(world),
    ...volumeRoutes(world),
    ...secretRoutes(world),
    ...eventRoutes(world),
  }
  const sessions = new Set()
  const answered = new Map()

  function stream(request, response, query) {
    let after = Number.parseInt(
      request.headers['last-event-id'] ?? query.get('after') ?? world.ledger.position,
      10,
    )
    response.writeHead(200, { 'Content-Type': 'text/event-stream', 'Cache-Control': 'no-store' })
    const tell = (fact) =>
      response.write(`id: ${fact.position}\nevent: fact\ndata: ${JSON.stringify(fact)}\n\n`)
    response.write(': hello\n\n')
    if (after > world.ledger.position) {
      response.write(
        `event: reset\ndata: ${JSON.stringify({ code: 'unknown_position', message: 'Reload' })}\n\n`,
      )
      after = world.ledger.position
    }
    for (const fact of world.ledger.facts.slice(after)) tell(fact)
    const stop = world.ledger.listen(tell)
    const alive = setInterval(() => response.write(': alive\n\n'), 15_000)
    request.on('close', () => {
      stop()
      clearInterval(alive)
    })
  }

  /** A build that says a line every now and then, and ends. */
  function log(response) {
    response.writeHead(200, { 'Content-Type': 'text/event-stream', 'Cache-Control': 'no-store' })
    response.write('event: part\ndata: java-25:1\n\n')
    let step = 0
    const speaking = setInterval(() => {
      step += 1
      response.write(
        `id: mock/${step}\ndata: Step ${step}/6 : RUN make part-${step}\ndata:  ---> Running in 0a1b2c3d4e5f\n\n`,
      )
      if (step < 6) return
      clearInterval(speaking)
      response.end('event: end\ndata: there is no more\n\n')
    }, world.pace)
    response.on('close', () => clearInterval(speaking))
  }

  async function session(request, response) {
    if (request.method === 'DELETE') {
      sessions.delete(sessionOf(request))
      return send(response, 204, undefined, {
        'Set-Cookie': '__Host-trailer=; Path=/; Secure; HttpOnly; Max-Age=0',
      })
    }
    const body = await readJson(request)
    if (body.link !== link)
      throw new Refusal(
        401,
        'sign_in_failed',
        'Sign-in failed',
        'The link is used up, expired or wrong. Ask for a new one.',
      )
    const id = randomUUID()
    sessions.add(id)
    return send(response, 204, undefined, {
      'Set-Cookie': `__Host-trailer=${id}; Path=/; Secure; HttpOnly; SameSite=Strict`,
    })
  }

  async function api(request, response, url) {
    const path = url.pathname.slice('/api/v1'.length)
    if (path === '/session') return session(request, response)
    if (!sessions.has(sessionOf(request)))
      throw new Refusal(401, 'unauthenticated', 'Not signed in', 'Sign in.')
    if (path === '/me')
      return send(response, 200, { id: 'account-admin', handle: 'admin', role: 'admin' })
    if (path === '/stream') return stream(request, response, url.searchParams)
    const key = request.headers['idempotency-key']
    if (key && answered.has(key)) return send(response, ...answered.get(key))
    if (path.endsWith('/log')) return log(response)
    const [, area, id, action, sub, verb] = path.split('/')
    const place = id === 'templates' ? id : id && ':id'
    const name = [`${request.method} /${area}`, place, action, sub && ':sub', verb]
      .filter(Boolean)
      .join('/')
    const route = routes[name]
    if (!route) throw new Refusal(404, 'no_such_path', 'No such path', `Nothing answers ${name}.`)
    const body = request.method === 'GET' ? null : await readJson(request)
    const result = route({
      id,
      sub,
      body,
      query: url.searchParams,
      match: request.headers['if-match'],
    })
    const headers = {
      ...(result.etag ? { ETag: `"${result.etag}"` } : {}),
      ...(request.method === 'GET' ? {} : { 'Trailer-Position': String(world.ledger.position) }),
    }
    const answer = [result.status ?? 200, result.body, headers]
    requireDocumented(request.method, url.pathname, answer[0], result.body)
    if (key) answered.set(key, answer)
    return send(response, ...answer)
  }

  async function file(response, path) {
    const wanted = extname(path) === '' ? 'index.html' : normalize(path)
    const content = await readFile(join(dist, wanted))
    response.writeHead(200, {
      'Content-Type': types[extname(wanted)] ?? 'application/octet-stream',
      'Content-Security-Policy': POLICY,
    })
    response.end(content)
  }

  return createServer((request, response) => {
    const url = new URL(request.url, 'http://localhost')
    const work = url.pathname.startsWith('/api/v1/')
      ? api(request, response, url)
      : dist
        ? file(response, url.pathname)
        : Promise.reject(new Refusal(404, 'no_such_path', 'No such path', 'Only the API is here.'))
    work.catch((error) => {
      const refusal =
        error instanceof Refusal
          ? error
          : new Refusal(
              error.code === 'ENOENT' ? 404 : 500,
              'internal',
              'Internal error',
              String(error),
            )
      send(response, refusal.status, refusal.problem)
    })
  })
}
