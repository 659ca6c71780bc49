import type { FieldError, Visibility, Workspace, WorkspaceRequest } from '../../api/types'
import { placeErrors, shownAt } from '../../rules/field-errors'
import { nameProblem } from '../../rules/names'
import { durationOf, durationOfSeconds, hoursOf, secondsOf } from '../../units/duration'
import { fromBytes, toBytes, type MemoryUnit } from '../../units/memory'

/** A workspace as the form holds it: numbers may be empty while one types, lists keep their order. */
export interface WorkspaceForm {
  name: string
  image: string
  host: string | null
  cpus: number | string
  memory: number | string
  memoryUnit: MemoryUnit
  gpus: number | string
  autoStopHours: number | string
  startNow: boolean
  env: { name: string; value: string }[]
  volumes: { name: string; mountPath: string; volume: string | null }[]
  apps: { name: string; port: number | string; visibility: Visibility }[]
  secrets: { name: string; as: 'file' | 'env'; variable: string }[]
  gitUrl: string
  gitRef: string
  gitSecret: string
  /** Empty for the image's own, if it has one. */
  healthCommand: string
  healthInterval: number | string
  healthTimeout: number | string
  healthRetries: number | string
  healthStartPeriod: number | string
  healthRestart: boolean
}

export const emptyForm: WorkspaceForm = {
  name: '',
  image: '',
  host: null,
  cpus: 1,
  memory: 1,
  memoryUnit: 'GiB',
  gpus: 0,
  autoStopHours: '',
  startNow: true,
  env: [],
  volumes: [{ name: 'home', mountPath: '/home/dev', volume: null }],
  apps: [],
  secrets: [],
  gitUrl: '',
  gitRef: '',
  gitSecret: '',
  healthCommand: '',
  healthInterval: 30,
  healthTimeout: 10,
  healthRetries: 3,
  healthStartPeriod: 0,
  healthRestart: false,
}

export function formOf(workspace: Workspace): WorkspaceForm {
  const memory = fromBytes(workspace.resources.memoryBytes)
  return {
    name: workspace.name,
    image: workspace.image,
    host: workspace.host,
    cpus: workspace.resources.cpus,
    memory: memory.amount,
    memoryUnit: memory.unit,
    gpus: workspace.resources.gpus,
    autoStopHours: hoursOf(workspace.autoStop) ?? '',
    startNow: workspace.desired === 'running',
    env: Object.entries(workspace.env).map(([name, value]) => ({ name, value })),
    volumes: workspace.volumes,
    apps: workspace.apps,
    secrets: [
      ...workspace.secrets.map((name) => ({ name, as: 'file' as const, variable: '' })),
      ...Object.entries(workspace.secretEnv).map(([variable, name]) => ({
        name,
        as: 'env' as const,
        variable,
      })),
    ],
    gitUrl: workspace.git?.url ?? '',
    gitRef: workspace.git?.ref ?? '',
    gitSecret: workspace.git?.secret ?? '',
    ...healthFormOf(workspace.healthCheck),
  }
}

function healthFormOf(check: Workspace['healthCheck']) {
  const { healthCommand, healthInterval, healthTimeout } = emptyForm
  const { healthRetries, healthStartPeriod, healthRestart } = emptyForm
  return {
    healthCommand: check?.command ?? healthCommand,
    healthInterval: secondsOf(check?.interval ?? null) ?? healthInterval,
    healthTimeout: secondsOf(check?.timeout ?? null) ?? healthTimeout,
    healthRetries: check?.retries ?? healthRetries,
    healthStartPeriod: secondsOf(check?.startPeriod ?? null) ?? healthStartPeriod,
    healthRestart: check?.restart ?? healthRestart,
  }
}

export function requestOf(form: WorkspaceForm): WorkspaceRequest {
  return {
    name: form.name.trim(),
    image: form.image,
    resources: {
      cpus: Number(form.cpus),
      memoryBytes: toBytes(Number(form.memory), form.memoryUnit),
      gpus: Number(form.gpus),
    },
    env: Object.fromEntries(form.env.map(({ name, value }) => [name.trim(), value])),
    volumes: form.volumes.map(({ name, mountPath, volume }) => ({
      name: name.trim(),
      mountPath: mountPath.trim(),
      ...(volume === null ? {} : { volume }),
    })),
    apps: form.apps.map(({ name, port, visibility }) => ({
      name: name.trim(),
      port: Number(port),
      visibility,
    })),
    secrets: fileRows(form).map((each) => each.name),
    secretEnv: Object.fromEntries(
      form.secrets
        .filter((each) => each.as === 'env')
        .map(({ name, variable }) => [variable.trim(), name]),
    ),
    git: gitOf(form),
    healthCheck: healthCheckOf(form),
    host: form.host,
    desired: form.startNow ? 'running' : 'stopped',
    autoStop: form.autoStopHours === '' ? null : durationOf(Number(form.autoStopHours)),
  }
}

const fileRows = (form: WorkspaceForm) => form.secrets.filter((each) => each.as === 'file')

function gitOf(form: WorkspaceForm): NonNullable<WorkspaceRequest['git']> | null {
  if (form.gitUrl.trim() === '') return null
  return {
    url: form.gitUrl.trim(),
    ref: form.gitRef.trim() || null,
    secret: form.gitSecret || null,
  }
}

function healthCheckOf(form: WorkspaceForm): NonNullable<WorkspaceRequest['healthCheck']> | null {
  if (form.healthCommand.trim() === '') return null
  return {
    command: form.healthCommand,
    interval: durationOfSeconds(Number(form.healthInterval)),
    timeout: durationOfSeconds(Number(form.healthTimeout)),
    retries: Number(form.healthRetries),
    startPeriod: durationOfSeconds(Number(form.healthStartPeriod)),
    restart: form.healthRestart,
  }
}

/** Where the form shows what the server says about a field of the request, by JSON pointer. */
const fieldOf: [pointer: RegExp, path: (match: string[], form: WorkspaceForm) => string | null][] =
  [
    [/^\/(name|image|host)$/, ([, field]) => field ?? null],
    [/^\/resources\/memoryBytes$/, () => 'memory'],
    [/^\/resources\/(cpus|gpus)$/, ([, field]) => field ?? null],
    [/^\/resources$/, () => 'cpus'],
    [/^\/autoStop$/, () => 'autoStopHours'],
    [/^\/(volumes|apps)\/(\d+)$/, ([, list, at]) => `${list}.${at}.name`],
    [/^\/(volumes|apps)\/(\d+)\/(\w+)$/, ([, list, at, field]) => `${list}.${at}.${field}`],
    [
      /^\/git\/(url|ref|secret)$/,
      ([, field = '']) => `git${field[0]?.toUpperCase()}${field.slice(1)}`,
    ],
    [/^\/git$/, () => 'gitUrl'],
    [
      /^\/healthCheck\/(\w+)$/,
      ([, field = '']) => `health${field[0]?.toUpperCase()}${field.slice(1)}`,
    ],
    [/^\/healthCheck$/, () => 'healthCommand'],
    [
      /^\/secrets\/(\d+)$/,
      ([, at], form) => secretAt(form, (each) => each === fileRows(form)[Number(at)], 'name'),
    ],
    [
      /^\/secretEnv\/(.+)$/,
      ([, name = ''], form) =>
        secretAt(
          form,
          (each) => each.as === 'env' && each.variable.trim() === unescapePointer(name),
          'variable',
        ),
    ],
    [
      /^\/env\/(.+)$/,
      ([, name = ''], form) => {
        const at = form.env.findIndex((each) => each.name.trim() === unescapePointer(name))
        return at < 0 ? null : `env.${at}.name`
      },
    ],
  ]

function secretAt(
  form: WorkspaceForm,
  isIt: (row: WorkspaceForm['secrets'][number]) => boolean,
  field: 'name' | 'variable',
): string | null {
  const at = form.secrets.findIndex(isIt)
  return at < 0 ? null : `secrets.${at}.${field}`
}

const unescapePointer = (part: string): string => part.replaceAll('~1', '/').replaceAll('~0', '~')

function pathOf(pointer: string, form: WorkspaceForm): string | null {
  for (const [pattern, path] of fieldOf) {
    const match = pattern.exec(pointer)
    if (match) return path([...match], form)
  }
  return null
}

/** The server's field errors, by path of the form; those without a place are left to the page. */
export const fieldErrors = (errors: FieldError[], form: WorkspaceForm): Record<string, string> =>
  placeErrors(errors, (pointer) => pathOf(pointer, form))

export const shownPointers = (errors: FieldError[], form: WorkspaceForm): Set<string> =>
  shownAt(errors, (pointer) => pathOf(pointer, form))

const positive = (value: number | string) => (Number(value) > 0 ? null : 'More than nothing')

/** What can be said without the server; the server's word is final. */
export const validation = {
  name: (value: string) => nameProblem(value.trim(), 'workspace'),
  image: (value: string) => (value === '' ? 'Choose an image' : null),
  cpus: positive,
  memory: positive,
  autoStopHours: (value: number | string) => (value === '' ? null : positive(value)),
  env: {
    name: (value: string) => (/^[A-Za-z_]\w*$/.test(value.trim()) ? null : 'Letters, digits and _'),
  },
  secrets: {
    name: (value: string) => (value === '' ? 'Choose a secret' : null),
    variable: (value: string, form: WorkspaceForm, path: string) =>
      form.secrets[Number(path.split('.')[1])]?.as !== 'env' || /^[A-Za-z_]\w*$/.test(value.trim())
        ? null
        : 'Letters, digits and _',
  },
  volumes: {
    name: (value: string) => nameProblem(value.trim(), 'volume'),
    mountPath: (value: string) => (value.startsWith('/') ? null : 'Begins with /'),
  },
  apps: {
    name: (value: string) => nameProblem(value.trim(), 'app'),
    port: (value: number | string) =>
      Number(value) >= 1 && Number(value) <= 65_535 ? null : '1 to 65535',
  },
}
