import { randomUUID } from 'node:crypto'
import { Refusal, page, refuseField } from './http.mjs'

/** Values go in and are dropped: nothing here could answer one. */
export function secretRoutes(world) {
  const find = (id) => {
    const found = world.secrets.get(id)
    if (!found) throw new Refusal(404, 'not_found', 'Not found', 'There is no such secret.')
    return found
  }
  const shown = (secret) => ({
    ...secret,
    usedBy: [...world.workspaces.values()]
      .filter((each) =>
        [...each.secrets, ...Object.values(each.secretEnv), each.git?.secret].includes(secret.name),
      )
      .map((each) => ({ workspaceId: each.id, workspaceName: each.name })),
  })
  return {
    'GET /secrets': ({ query }) => ({ body: page([...world.secrets.values()].map(shown), query) }),
    'POST /secrets': ({ body }) => {
      if (!body.name) throw refuseField('/name', 'is required')
      if (!body.value) throw refuseField('/value', 'is required')
      if (world.named(world.secrets, body.name)) throw refuseField('/name', 'choose another name')
      const now = new Date().toISOString()
      const secret = {
        id: randomUUID(),
        name: body.name,
        owner: 'admin',
        ownerId: 'account-1',
        version: 1,
        createdAt: now,
        renewedAt: now,
        lastUsedAt: null,
      }
      world.secrets.set(secret.id, secret)
      world.fact('secret.created', 'secret', secret, {})
      return { status: 201, body: shown(secret) }
    },
    'GET /secrets/:id': ({ id }) => ({ body: shown(find(id)), etag: find(id).version }),
    'POST /secrets/:id/versions': ({ id }) => {
      const secret = find(id)
      secret.version += 1
      secret.renewedAt = new Date().toISOString()
      world.fact('secret.renewed', 'secret', secret, { version: secret.version })
      return { body: shown(secret) }
    },
    'DELETE /secrets/:id': ({ id }) => {
      const secret = find(id)
      world.secrets.delete(id)
      world.fact('secret.deleted', 'secret', secret, {})
      return { body: shown(secret) }
    },
  }
}
