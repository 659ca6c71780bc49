import { randomUUID } from 'node:crypto'
import { admin, agentOf, couldNotBuild, reason } from './world.mjs'

const GIB = 2 ** 30
const ago = (minutes) => new Date(Date.now() - minutes * 60_000)

/** A small installation with something in every state. */
export function seed(world) {
  const host = (name, state, minutes, extra = {}) => {
    const it = {
      id: randomUUID(),
      name,
      version: 0,
      generation: 1,
      state,
      cordoned: false,
      drained: false,
      strays: null,
      images: { keptVersions: 3, keptSeconds: 604_800, versions: 5, sizeBytes: 3 * GIB },
      capability: {
        cpus: 16,
        memoryBytes: 64 * GIB,
        gpus: 0,
        engine: 'docker',
        engineVersion: '28.1.0',
        apiVersion: '1.49',
        os: 'linux',
        architecture: 'amd64',
        gpuDriver: null,
        gpuDevices: [],
        gpuReason: null,
      },
      agent: {
        version: '0.1.0',
        epoch: 3,
        lastSeenAt: ago(state === 'lost' ? 12 : 0).toISOString(),
      },
      metrics: {
        cpuPercent: 37,
        memoryUsedBytes: 21 * GIB,
        memoryTotalBytes: 64 * GIB,
        load1: 2.41,
        diskUsedBytes: 388 * GIB,
        diskTotalBytes: 512 * GIB,
        at: ago(0).toISOString(),
      },
      createdAt: ago(minutes).toISOString(),
      ...extra,
    }
    world.hosts.set(it.id, it)
    world.fact('host.registered', 'host', it, {}, admin, ago(minutes))
    if (state !== 'registered')
      world.fact('host.enrolled', 'host', it, {}, agentOf(it), ago(minutes - 2))
    return it
  }
  const local = host('local', 'online', 4_000)
  const attic = host('attic', 'lost', 3_000)
  const gpu = host('gpu-1', 'online', 2_000, { cordoned: true })
  gpu.capability = {
    ...gpu.capability,
    gpus: 2,
    gpuDriver: '550.54.14',
    gpuDevices: [0, 1].map(() => ({
      uuid: `GPU-${randomUUID()}`,
      model: 'NVIDIA GeForce RTX 4090',
      memoryBytes: 24 * GIB,
      parent: null,
    })),
  }

  const image = (name, minutes, source, states = ['succeeded']) => {
    const base = source.dockerfile?.includes('trailer/base') ? { name: 'base', version: 1 } : null
    const it = {
      id: randomUUID(),
      name,
      version: 0,
      generation: 1,
      latestVersion: 1,
      state: 'active',
      createdAt: ago(minutes).toISOString(),
      versions: [
        {
          version: 1,
          dockerfile: null,
          files: {},
          buildArgs: {},
          reference: null,
          registrySecret: null,
          base,
          createdAt: ago(minutes).toISOString(),
          ...source,
        },
      ],
      held: [
        {
          version: 1,
          host: local.name,
          hostId: local.id,
          sizeBytes: 240_000_000,
          standing: 'in-use',
          goesAt: null,
        },
      ],
      builds: states.map((state, at) => ({
        build: at + 1,
        version: 1,
        host: local.name,
        hostId: local.id,
        state,
        reason: state === 'failed' ? couldNotBuild : null,
        digest: null,
        sizeBytes: state === 'succeeded' ? 240_000_000 : null,
        noCache: false,
        requestedAt: ago(minutes - 5 * at - 1).toISOString(),
        startedAt: ago(minutes - 5 * at - 1).toISOString(),
        finishedAt: state === 'building' ? null : ago(minutes - 5 * at - 3).toISOString(),
      })),
    }
    world.images.set(it.id, it)
    world.fact('image.defined', 'image', it, {}, admin, ago(minutes))
    return it
  }
  const base = image('base', 3_900, {
    dockerfile: 'FROM scratch\nADD rootfs.tar /\nCMD ["/bin/bash", "-l"]\n',
  })
  const java = image(
    'java-25',
    700,
    {
      dockerfile:
        'FROM trailer/base\n\nRUN apt-get update \\\n && apt-get install -y --no-install-recommends maven \\\n && rm -rf /var/lib/apt/lists/*\n\nCOPY settings.xml /root/.m2/settings.xml\n',
      files: { 'settings.xml': '<settings>\n  <offline>false</offline>\n</settings>\n' },
      buildArgs: { JDK: '25' },
    },
    ['failed', 'succeeded'],
  )
  const pg = image('postgres', 650, { reference: 'postgres:18' }, [])

  const workspace = (name, on, from, phase, minutes, extra = {}, why = null) => {
    const { generation = 2, seen = generation, ...fields } = extra
    const it = {
      id: randomUUID(),
      owner: 'admin',
      ownerId: admin.id,
      version: 0,
      generation,
      name,
      image: from.name,
      resources: { cpus: 2, memoryBytes: 4 * GIB, gpus: 0 },
      env: { LANG: 'C.UTF-8' },
      secrets: [],
      secretEnv: {},
      volumes: [{ name: 'home', mountPath: '/home/dev', volume: randomUUID() }],
      apps: [],
      git: null,
      healthCheck: null,
      host: on.name,
      hostId: on.id,
      imageId: from.id,
      imageVersion: 1,
      desired: phase === 'stopped' ? 'stopped' : 'running',
      autoStop: null,
      deleting: false,
      createdAt: ago(minutes).toISOString(),
      observed: {
        phase,
        generation: seen,
        reason: why,
        since: ago(minutes / 9).toISOString(),
        container: phase === 'running' ? randomUUID().replaceAll('-', '') : null,
        gpus: [],
        health: null,
      },
      ...fields,
    }
    world.workspaces.set(it.id, it)
    world.fact('workspace.created', 'workspace', it, {}, admin, ago(minutes))
    for (const each of it.volumes) {
      const volume = {
        id: each.volume,
        name: each.name,
        host: on.name,
        hostId: on.id,
        owner: 'admin',
        ownerId: admin.id,
        workspaceId: it.id,
        workspaceName: name,
        state: 'in-use',
        contents: 'whole',
        sizeBytes: 734_003_200,
        measuredAt: ago(1).toISOString(),
        createdAt: it.createdAt,
      }
      world.volumes.set(volume.id, volume)
    }
    world.fact(
      'workspace.observed',
      'workspace',
      it,
      { observation: { phase, reason: why } },
      agentOf(on),
      ago(minutes / 9),
    )
    return it
  }
  workspace(
    'notebook',
    attic,
    base,
    'unknown',
    900,
    {},
    reason(
      'host_lost',
      'The host has not been heard from for 12 minutes. What ran there may still run; it is shown again when the host returns.',
      { operation: 'GET /api/v1/hosts/{id}', label: 'Look at the host' },
    ),
  )
  workspace(
    'archive',
    local,
    base,
    'stopped',
    600,
    {},
    reason('auto_stopped', 'It was stopped by itself after 2 h.', {
      operation: 'POST /api/v1/workspaces/{id}/start',
      label: 'Start it',
    }),
  )
  workspace(
    'store',
    local,
    pg,
    'failed',
    300,
    {},
    reason(
      'crash_looping',
      'The container keeps ending soon after it starts (exit status 1); it is started again at growing intervals.',
      {
        operation: 'PATCH /api/v1/workspaces/{id}',
        label: 'Change the image, the memory or the environment',
      },
    ),
  )
  workspace('api', local, java, 'running', 120, {
    autoStop: 'PT8H',
    apps: [
      { name: 'web', port: 8080, visibility: 'owner' },
      { name: 'docs', port: 4000, visibility: 'signed-in' },
    ],
    env: { LANG: 'C.UTF-8', MAVEN_OPTS: '-Xmx1g' },
  })
  workspace(
    'training',
    gpu,
    java,
    'preparing',
    2,
    { generation: 3, seen: 2, resources: { cpus: 8, memoryBytes: 32 * GIB, gpus: 1 } },
    reason('preparing', 'The host is about to build the image.'),
  )

  for (const name of ['home', 'pgdata']) {
    const volume = {
      id: randomUUID(),
      name,
      host: local.name,
      hostId: local.id,
      owner: 'admin',
      ownerId: admin.id,
      workspaceId: null,
      workspaceName: null,
      state: 'kept',
      contents: 'whole',
      sizeBytes: 52_428_800,
      measuredAt: ago(1).toISOString(),
      createdAt: ago(5_000).toISOString(),
    }
    world.volumes.set(volume.id, volume)
    world.fact('volume.detached', 'volume', volume, {}, admin, ago(60))
  }
  const inOrder = world.ledger.facts.toSorted((a, b) => a.at.localeCompare(b.at))
  world.ledger.facts = inOrder.map((fact, at) => ({ ...fact, position: at + 1 }))
}
