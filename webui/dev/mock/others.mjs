import { randomUUID } from 'node:crypto'
import { Refusal, page, refuseField } from './http.mjs'
import { requireMatch } from './workspaces.mjs'

const finder = (map, kind) => (id) => {
  const found = map.get(id)
  if (!found) throw new Refusal(404, 'not_found', 'Not found', `There is no such ${kind}.`)
  return found
}

const version = (number, body) => ({
  version: number,
  dockerfile: body.dockerfile ?? null,
  files: body.files ?? {},
  buildArgs: body.buildArgs ?? {},
  reference: body.reference ?? null,
  registrySecret: body.registrySecret ?? null,
  base: /FROM trailer\/(\S+)/.test(body.dockerfile ?? '')
    ? { name: /FROM trailer\/(\S+)/.exec(body.dockerfile)[1], version: 1 }
    : null,
  createdAt: new Date().toISOString(),
})

export function imageRoutes(world) {
  const find = finder(world.images, 'image')
  return {
    'GET /images': ({ query }) => ({ body: page([...world.images.values()], query) }),
    'POST /images': ({ body }) => {
      if (!body.name) throw refuseField('/name', 'is needed')
      if (world.named(world.images, body.name)) throw refuseField('/name', 'choose another name')
      const createdAt = new Date().toISOString()
      const image = {
        id: randomUUID(),
        name: body.name,
        version: 0,
        generation: 1,
        latestVersion: 1,
        state: 'active',
        createdAt,
        versions: [version(1, body)],
        builds: [],
        held: [],
      }
      world.images.set(image.id, image)
      world.fact('image.defined', 'image', image, {})
      return { status: 201, body: image }
    },
    'GET /images/:id': ({ id }) => ({ body: find(id), etag: find(id).generation }),
    'PATCH /images/:id': ({ id, body, match }) => {
      const image = find(id)
      requireMatch(image, match)
      image.generation += 1
      image.latestVersion += 1
      image.versions.push(version(image.latestVersion, { ...image.versions.at(-1), ...body }))
      world.fact('image.revised', 'image', image, { version: image.latestVersion })
      return { body: image }
    },
    'DELETE /images/:id': ({ id }) => {
      find(id).state = 'retired'
      world.fact('image.retired', 'image', find(id), {})
      return { body: find(id) }
    },
    'POST /images/:id/builds': ({ id, body }) => {
      const image = find(id)
      const host = world.named(world.hosts, body.host) ?? [...world.hosts.values()][0]
      const build = {
        build: image.builds.length + 1,
        version: image.latestVersion,
        host: host.name,
        hostId: host.id,
        state: 'requested',
        reason: null,
        digest: null,
        sizeBytes: null,
        noCache: body.noCache === true,
        requestedAt: new Date().toISOString(),
        startedAt: null,
        finishedAt: null,
      }
      image.builds.unshift(build)
      world.fact('image.build-requested', 'image', image, { build: build.build })
      void world.build(image, build)
      return { status: 202, body: image }
    },
    'POST /images/:id/builds/:sub/cancel': ({ id, sub }) => {
      const image = find(id)
      const build = image.builds.find((each) => each.build === Number(sub))
      build.state = 'cancelled'
      build.finishedAt = new Date().toISOString()
      world.fact('image.build-cancelled', 'image', image, { build: build.build })
      return { body: image }
    },
    'GET /images/templates': () => ({ body: { items: templates, next: null } }),
  }
}

const templates = [
  ['node', 'Node.js with npm', 'nodejs npm'],
  ['python', 'Python with pip and virtual environments', 'python3 python3-pip python3-venv'],
].map(([name, title, packages]) => ({
  name,
  title,
  dockerfile: `FROM trailer/base\n\nUSER root\nRUN apt-get update \\\n && apt-get install -y --no-install-recommends ${packages} \\\n && rm -rf /var/lib/apt/lists/*\nUSER dev\n`,
  files: {},
}))

/** What a dry run tells of each thing. */
const told = (kind, becomes) => (thing) => ({
  kind,
  id: thing.id,
  name: thing.name,
  owner: thing.owner,
  becomes,
})

export function hostRoutes(world) {
  const find = finder(world.hosts, 'host')
  const on = (host) => [...world.workspaces.values()].filter((each) => each.hostId === host.id)
  const shown = (host) => ({
    ...host,
    allotted: world.allotted(host),
    workspaces: {
      total: on(host).length,
      unsettled: on(host).filter((each) => each.observed.phase !== 'stopped').length,
    },
  })
  const set = (id, fields, type) => {
    Object.assign(find(id), fields)
    find(id).generation += 1
    world.fact(type, 'host', find(id), {})
    return { body: shown(find(id)) }
  }
  const dryRun = (host, consequences) => ({
    body: { dryRun: true, events: [], resource: shown(host), consequences, moreConsequences: 0 },
  })
  const drain = (id, query) => {
    const host = find(id)
    const running = on(host).filter((each) => each.desired === 'running')
    if (query.get('dryRun') === 'true') {
      return dryRun(host, running.map(told('workspace', 'stopped')))
    }
    const drained = set(id, { cordoned: true, drained: true }, 'host.drained')
    for (const each of running) {
      each.desired = 'stopped'
      each.generation += 1
      world.fact('workspace.stop-requested', 'workspace', each, { cause: 'drain' })
      void world.converge(each)
    }
    return { status: 202, ...drained }
  }
  const giveUp = (id, query) => {
    const host = find(id)
    const volumes = [...world.volumes.values()].filter((each) => each.hostId === id)
    if (query.get('dryRun') === 'true') {
      return dryRun(host, [
        ...on(host).map(told('workspace', 'forgotten')),
        ...volumes.map(told('volume', 'forgotten')),
      ])
    }
    for (const each of on(host)) world.workspaces.delete(each.id)
    for (const each of volumes) world.volumes.delete(each.id)
    world.fact('host.abandoned', 'host', host, {})
    world.hosts.delete(id)
    world.fact('host.removed', 'host', host, {})
    return { body: { ...shown(host), state: 'abandoned' } }
  }
  return {
    'GET /hosts': ({ query }) => ({ body: page([...world.hosts.values()].map(shown), query) }),
    'POST /hosts': ({ body }) => {
      if (world.named(world.hosts, body.name)) throw refuseField('/name', 'choose another name')
      const host = {
        id: randomUUID(),
        name: body.name,
        version: 0,
        generation: 1,
        state: 'registered',
        cordoned: false,
        drained: false,
        strays: null,
        images: null,
        capability: null,
        agent: null,
        metrics: null,
        createdAt: new Date().toISOString(),
      }
      world.hosts.set(host.id, host)
      world.fact('host.registered', 'host', host, {})
      const token = `trl_enrol_${randomUUID().replaceAll('-', '')}`
      return {
        status: 201,
        body: {
          id: host.id,
          name: host.name,
          host: shown(host),
          enrolmentToken: token,
          enrolmentExpiresAt: new Date(Date.now() + 3_600_000).toISOString(),
        },
      }
    },
    'GET /hosts/:id': ({ id }) => ({ body: shown(find(id)), etag: find(id).generation }),
    'POST /hosts/:id/cordon': ({ id }) => set(id, { cordoned: true }, 'host.cordoned'),
    'POST /hosts/:id/resume': ({ id }) =>
      set(id, { cordoned: false, drained: false }, 'host.resumed'),
    'POST /hosts/:id/drain': ({ id, query }) => drain(id, query),
    'POST /hosts/:id/rotate-token': ({ id, query }) => {
      const host = find(id)
      const revoked = query.get('revoke') === 'now'
      world.fact('host.token-rotated', 'host', host, { revoked })
      return {
        body: {
          id,
          name: host.name,
          host: shown(host),
          enrolmentToken: `trl_enrol_${randomUUID().replaceAll('-', '')}`,
          enrolmentExpiresAt: new Date(Date.now() + 3_600_000).toISOString(),
        },
      }
    },
    'DELETE /hosts/:id': ({ id, query }) => {
      if (query.get('force') === 'true') return giveUp(id, query)
      const host = find(id)
      if ([...world.workspaces.values()].some((each) => each.hostId === id)) {
        throw new Refusal(
          409,
          'host_in_use',
          'Host in use',
          'Workspaces or volumes are still on this host.',
          {
            remedy: { operation: 'GET /api/v1/workspaces?host={name}', label: 'Delete them first' },
          },
        )
      }
      world.hosts.delete(id)
      world.fact('host.removed', 'host', host, {})
      return { body: { ...shown(host), state: 'removed' } }
    },
  }
}

function made(world, name, more) {
  const host = [...world.hosts.values()][0]
  const volume = {
    id: randomUUID(),
    name,
    host: host.name,
    hostId: host.id,
    owner: 'admin',
    ownerId: 'admin',
    workspaceId: null,
    workspaceName: null,
    state: 'kept',
    contents: 'whole',
    sizeBytes: null,
    measuredAt: null,
    createdAt: new Date().toISOString(),
    ...more,
  }
  world.volumes.set(volume.id, volume)
  return volume
}

export function volumeRoutes(world) {
  const find = finder(world.volumes, 'volume')
  return {
    'GET /volumes': ({ query }) => ({ body: page([...world.volumes.values()], query) }),
    'POST /volumes': ({ body }) => ({ status: 201, body: made(world, body.name, {}) }),
    'POST /volumes/:id/clone': ({ id, body }) => {
      const copy = made(world, body.name, { contents: 'copying' })
      world.fact('volume.copy-requested', 'volume', copy, { of: id })
      setTimeout(() => {
        copy.contents = 'whole'
        world.fact('volume.copied', 'volume', copy, {})
      }, world.pace)
      return { status: 201, body: copy }
    },
    'DELETE /volumes/:id': ({ id }) => {
      const volume = find(id)
      if (volume.state !== 'kept')
        throw new Refusal(409, 'volume_in_use', 'Volume in use', 'It is in use.')
      volume.state = 'deleting'
      world.fact('volume.deleted', 'volume', volume, {})
      setTimeout(() => {
        world.volumes.delete(id)
        world.fact('volume.removed', 'volume', volume, {})
      }, world.pace)
      return { status: 202, body: volume }
    },
  }
}

export function eventRoutes(world) {
  return {
    'GET /events': ({ query }) => {
      const resource = query.get('resource')
      const facts = world.ledger.facts.filter((each) => !resource || each.resource.id === resource)
      return { body: page(facts.toReversed(), query) }
    },
  }
}
