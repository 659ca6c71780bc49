/** The little of HTTP that the mock needs. */
export class Refusal extends Error {
  constructor(status, code, title, detail, { errors = [], remedy = null } = {}) {
    super(title)
    this.status = status
    this.problem = { type: `/problems/${code}`, title, status, detail, code, errors, remedy }
  }
}

export const refuseField = (pointer, message) =>
  new Refusal(400, 'invalid', 'Invalid request', `${pointer}: ${message}`, {
    errors: [{ pointer, code: 'invalid', message }],
  })

export async function readJson(request) {
  const chunks = []
  for await (const chunk of request) chunks.push(chunk)
  const text = Buffer.concat(chunks).toString()
  return text === '' ? {} : JSON.parse(text)
}

export function send(response, status, body, headers = {}) {
  response.writeHead(status, {
    'Content-Type': status >= 400 ? 'application/problem+json' : 'application/json',
    'Cache-Control': 'no-store',
    ...headers,
  })
  response.end(body === undefined ? undefined : JSON.stringify(body))
}

/** RFC 7396. */
export function merge(target, patch) {
  if (typeof patch !== 'object' || patch === null || Array.isArray(patch)) return patch
  const base = typeof target === 'object' && target !== null && !Array.isArray(target) ? target : {}
  const merged = { ...base }
  for (const [key, value] of Object.entries(patch)) {
    if (value === null) delete merged[key]
    else merged[key] = merge(base[key], value)
  }
  return merged
}

export function page(items, query) {
  const limit = Number(query.get('limit') ?? 50)
  const start = Number(query.get('cursor') ?? 0)
  const more = items.length > start + limit
  return { items: items.slice(start, start + limit), next: more ? String(start + limit) : null }
}
