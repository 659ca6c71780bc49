import { randomUUID } from 'node:crypto'
import { Refusal, merge, page, refuseField } from './http.mjs'
import { admin } from './world.mjs'

const NAME = /^[a-z](?:[a-z0-9]|-(?!-))*[a-z0-9]$/
const defaults = {
  env: {},
  secrets: [],
  secretEnv: {},
  volumes: [],
  apps: [],
  git: null,
  healthCheck: null,
  autoStop: null,
}

const step = (name, state, startedAt, durationMillis, more = {}) => ({
  step: name,
  state,
  startedAt,
  durationMillis,
  progress: null,
  error: null,
  tail: [],
  ...more,
})

/** What its host would have done to get it where it is. */
function attemptsOf({ id, image, imageId, imageVersion, observed }) {
  const at = observed.since
  const moving = ['pending', 'preparing'].includes(observed.phase)
  const failed = observed.phase === 'failed'
  const building = step('build-image', moving ? 'working' : 'done', at, 12_400, {
    progress: { done: 3, of: 7, what: 'RUN apt-get update && apt-get install -y maven' },
  })
  const starting = step('start-container', failed ? 'failed' : 'done', at, 571, {
    error: failed ? 'no space left on device' : null,
  })
  const made = {
    id: `${id}-made`,
    subject: id,
    image: null,
    generation: 1,
    startedAt: at,
    endedAt: at,
    state: starting.state,
    steps: [
      step('create-network', 'done', at, 105),
      step('create-volume', 'done', at, 31),
      step('create-container', 'done', at, 240),
      starting,
    ],
    hasOutput: false,
  }
  const built = {
    id: `${id}-built`,
    subject: `image:${imageId}/${imageVersion}`,
    image: `${image}:${imageVersion}`,
    generation: 0,
    startedAt: at,
    endedAt: moving ? null : at,
    state: building.state,
    steps: [building],
    hasOutput: true,
  }
  return moving ? [built] : [made, built]
}

export function workspaceRoutes(world) {
  const find = (id) => {
    const found = world.workspaces.get(id)
    if (!found) throw new Refusal(404, 'not_found', 'Not found', 'There is no such workspace.')
    return found
  }
  const intend = (workspace, type) => {
    workspace.generation += 1
    world.fact(type, 'workspace', workspace, { generation: workspace.generation })
    void world.converge(workspace)
    return { status: 202, body: workspace, etag: workspace.generation }
  }
  return {
    'GET /workspaces': ({ query }) => {
      const all = [...world.workspaces.values()].filter(
        (each) =>
          each.name.includes(query.get('q') ?? '') &&
          [null, each.observed.phase].includes(query.get('state')) &&
          [null, each.host].includes(query.get('host')),
      )
      return { body: page(all.toReversed(), query) }
    },
    'POST /workspaces': ({ body }) => ({ status: 201, body: create(world, body) }),
    'GET /workspaces/:id/attempts': ({ id }) => ({ body: page(attemptsOf(find(id)), new Map()) }),
    'GET /workspaces/:id': ({ id }) => ({ body: find(id), etag: find(id).generation }),
    'PATCH /workspaces/:id': ({ id, body, match }) => {
      const workspace = find(id)
      requireMatch(workspace, match)
      validate(world, { ...workspace, ...body })
      Object.assign(workspace, defaults, merge(workspace, body))
      workspace.git ??= null
      workspace.healthCheck ??= null
      workspace.autoStop ??= null
      bindVolumes(world, workspace)
      return { ...intend(workspace, 'workspace.changed'), status: 200 }
    },
    'DELETE /workspaces/:id': ({ id, query, match }) => {
      const workspace = find(id)
      requireMatch(workspace, match)
      workspace.deleting = true
      for (const volume of world.volumes.values()) {
        if (volume.workspaceId !== id) continue
        Object.assign(volume, { workspaceId: null, workspaceName: null, state: 'kept' })
        world.fact('volume.detached', 'volume', volume, { workspace: id })
        if (query.get('volumes') === 'delete') world.volumes.delete(volume.id)
      }
      return intend(workspace, 'workspace.deleted')
    },
    'POST /workspaces/:id/start': ({ id }) => {
      find(id).desired = 'running'
      return intend(find(id), 'workspace.start-requested')
    },
    'POST /workspaces/:id/stop': ({ id }) => {
      find(id).desired = 'stopped'
      return intend(find(id), 'workspace.stop-requested')
    },
    'POST /workspaces/:id/restart': ({ id }) => intend(find(id), 'workspace.restart-requested'),
  }
}

export function requireMatch(resource, match) {
  if (match && match !== `"${resource.generation}"`) {
    throw new Refusal(412, 'stale', 'Changed meanwhile', 'It was changed meanwhile. Read it again.')
  }
}

function validate(world, request) {
  if (!NAME.test(request.name ?? '')) throw refuseField('/name', 'must be a DNS label')
  const image = world.named(world.images, request.image)
  if (!image) throw refuseField('/image', `there is no image named ${request.image}`)
  if (image.state === 'retired') throw refuseField('/image', 'choose an image that is not retired')
  if (!(request.resources?.memoryBytes >= 16 * 2 ** 20)) {
    throw refuseField('/resources/memoryBytes', 'must be at least 16 MiB')
  }
  return image
}

export function create(world, request) {
  const image = validate(world, request)
  if (world.named(world.workspaces, request.name)) {
    throw new Refusal(
      409,
      'name_in_use',
      'Name in use',
      `There is already a workspace named ${request.name}.`,
      {
        errors: [{ pointer: '/name', code: 'name_in_use', message: 'choose another name' }],
      },
    )
  }
  const taken = request.volumes?.map((each) => world.volumes.get(each.volume)).find(Boolean)
  const host = request.host
    ? world.named(world.hosts, request.host)
    : (world.hosts.get(taken?.hostId) ??
      [...world.hosts.values()].find((each) => each.state === 'online' && !each.cordoned))
  const free = host ? host.capability.memoryBytes - world.allotted(host).memoryBytes : 0
  if (request.resources.memoryBytes > free) {
    throw new Refusal(409, 'no_capacity', 'No capacity', 'No host has room for this.', {
      errors: [
        {
          pointer: '/resources',
          code: 'no_capacity',
          message: 'ask for less, or free some capacity',
        },
      ],
      remedy: {
        operation: 'POST /api/v1/workspaces/{id}/stop',
        label: 'Stop a workspace, ask for less, or add a host',
      },
    })
  }
  const now = new Date().toISOString()
  const workspace = {
    ...defaults,
    desired: 'running',
    ...request,
    id: randomUUID(),
    owner: admin.name,
    ownerId: admin.id,
    version: 0,
    generation: 1,
    host: host.name,
    hostId: host.id,
    imageId: image.id,
    imageVersion: image.latestVersion,
    deleting: false,
    createdAt: now,
    observed: {
      phase: 'pending',
      generation: 0,
      reason: null,
      since: now,
      container: null,
      gpus: [],
      health: null,
    },
  }
  world.workspaces.set(workspace.id, workspace)
  world.fact('workspace.created', 'workspace', workspace, { generation: 1 })
  bindVolumes(world, workspace)
  void world.converge(workspace)
  return workspace
}

function bindVolumes(world, workspace) {
  const { host, hostId, owner, ownerId, id, name } = workspace
  for (const mount of workspace.volumes) {
    let volume = world.volumes.get(mount.volume)
    const type = volume ? 'volume.attached' : 'volume.created'
    volume ??= {
      id: randomUUID(),
      name: mount.name,
      host,
      hostId,
      owner,
      ownerId,
      contents: 'whole',
      sizeBytes: null,
      measuredAt: null,
      createdAt: new Date().toISOString(),
    }
    if (volume.workspaceId === id) continue
    Object.assign(volume, { workspaceId: id, workspaceName: name, state: 'in-use' })
    mount.volume = volume.id
    world.volumes.set(volume.id, volume)
    world.fact(type, 'volume', volume, { workspace: id })
  }
}
