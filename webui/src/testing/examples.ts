import type {
  Attempt,
  AttemptStep,
  Build,
  Fact,
  Host,
  Image,
  Secret,
  Volume,
  Workspace,
} from '../api/types'

/** Complete examples; a test names only what it is about. */
const AT = '2026-03-01T10:00:00Z'

export const aFact = (fields: Partial<Fact> = {}): Fact => ({
  position: 1,
  id: 'fact-1',
  type: 'workspace.created',
  at: AT,
  actor: { kind: 'account', id: 'account-1', name: 'admin' },
  resource: { kind: 'workspace', id: 'workspace-1', name: 'api' },
  commandId: 'command-1',
  correlationId: 'command-1',
  causationId: null,
  traceId: null,
  data: {},
  ...fields,
})

export const aWorkspace = (
  fields: Partial<Omit<Workspace, 'observed'>> & { observed?: Partial<Workspace['observed']> } = {},
): Workspace => ({
  id: 'workspace-1',
  owner: 'admin',
  ownerId: 'account-1',
  version: 3,
  generation: 2,
  name: 'api',
  image: 'base',
  resources: { cpus: 1.5, memoryBytes: 1_073_741_824, gpus: 0 },
  env: {},
  secrets: [],
  secretEnv: {},
  volumes: [],
  apps: [],
  git: null,
  host: 'local',
  hostId: 'host-1',
  imageId: 'image-1',
  imageVersion: 1,
  desired: 'running',
  autoStop: null,
  deleting: false,
  createdAt: AT,
  ...fields,
  observed: {
    phase: 'running',
    generation: fields.generation ?? 2,
    reason: null,
    since: AT,
    container: 'c0ffee',
    gpus: [],
    ...fields.observed,
  },
})

export const aBuild = (fields: Partial<Build> = {}): Build => ({
  build: 4,
  version: 1,
  host: 'local',
  hostId: 'host-1',
  state: 'succeeded',
  reason: null,
  digest: 'sha256:c0ffee',
  sizeBytes: 240_000_000,
  noCache: false,
  requestedAt: AT,
  startedAt: '2026-03-01T10:00:01Z',
  finishedAt: '2026-03-01T10:00:13Z',
  ...fields,
})

export const anImage = (fields: Partial<Image> = {}): Image => ({
  id: 'image-1',
  name: 'base',
  version: 1,
  generation: 1,
  latestVersion: 1,
  state: 'active',
  createdAt: AT,
  versions: [
    {
      version: 1,
      dockerfile: 'FROM scratch',
      files: {},
      buildArgs: {},
      reference: null,
      base: null,
      createdAt: AT,
    },
  ],
  builds: [],
  ...fields,
})

export const aHost = (fields: Partial<Host> = {}): Host => ({
  id: 'host-1',
  name: 'local',
  version: 1,
  generation: 1,
  state: 'online',
  cordoned: false,
  drained: false,
  workspaces: { total: 0, unsettled: 0 },
  capability: {
    cpus: 8,
    memoryBytes: 17_179_869_184,
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
  allotted: { cpus: 2, memoryBytes: 2_147_483_648, gpus: 0 },
  agent: { version: '0.1.0', epoch: 3, lastSeenAt: AT },
  metrics: null,
  strays: null,
  createdAt: AT,
  ...fields,
})

export const aVolume = (fields: Partial<Volume> = {}): Volume => ({
  id: 'volume-1',
  name: 'home',
  host: 'local',
  hostId: 'host-1',
  owner: 'admin',
  ownerId: 'account-1',
  workspaceId: null,
  workspaceName: null,
  state: 'kept',
  sizeBytes: 5_368_709_120,
  measuredAt: AT,
  createdAt: AT,
  ...fields,
})

export const aStep = (fields: Partial<AttemptStep> = {}): AttemptStep => ({
  step: 'start-container',
  state: 'done',
  startedAt: AT,
  durationMillis: 570,
  progress: null,
  error: null,
  tail: [],
  ...fields,
})

export const anAttempt = (fields: Partial<Attempt> = {}): Attempt => ({
  id: 'attempt-1',
  subject: 'workspace-1',
  image: null,
  generation: 1,
  startedAt: AT,
  endedAt: AT,
  state: 'done',
  steps: [aStep()],
  hasOutput: false,
  ...fields,
})

export const aSecret = (fields: Partial<Secret> = {}): Secret => ({
  id: 'secret-1',
  name: 'github-token',
  owner: 'admin',
  ownerId: 'account-1',
  version: 1,
  usedBy: [],
  createdAt: AT,
  renewedAt: AT,
  lastUsedAt: null,
  ...fields,
})
