import { expect, it } from 'vitest'
import { aWorkspace } from '../../testing/examples'
import { emptyForm, fieldErrors, formOf, requestOf, shownPointers } from './form-values'

const workspace = aWorkspace({
  env: { LANG: 'C.UTF-8' },
  volumes: [{ name: 'home', mountPath: '/home/dev', volume: 'volume-1' }],
  apps: [{ name: 'web', port: 8080, visibility: 'owner' }],
  autoStop: 'PT2H',
  secrets: ['signing-key'],
  secretEnv: { TOKEN: 'github-token' },
  git: {
    url: 'https://git.example/api.git',
    ref: 'main',
    secret: 'github-token',
    path: '/home/dev/api',
  },
  healthCheck: {
    command: 'test -e /tmp/well',
    interval: 'PT1M',
    timeout: 'PT5S',
    retries: 4,
    startPeriod: 'PT1M30S',
    restart: true,
  },
})

it('a workspace survives the way through the form', () => {
  const { name, image, resources, env, volumes, apps, autoStop, desired } = workspace
  expect(requestOf(formOf(workspace))).toMatchObject({
    name,
    image,
    resources,
    env,
    volumes,
    apps,
    autoStop,
    desired,
  })
})

it('so do its secrets and its repository', () => {
  expect(requestOf(formOf(workspace))).toMatchObject({
    secrets: ['signing-key'],
    secretEnv: { TOKEN: 'github-token' },
    git: { url: 'https://git.example/api.git', ref: 'main', secret: 'github-token' },
  })
  expect(requestOf(emptyForm)).toMatchObject({ secrets: [], secretEnv: {}, git: null })
})

it('so does its health check, and an empty command is none', () => {
  expect(requestOf(formOf(workspace)).healthCheck).toEqual(workspace.healthCheck)
  expect(requestOf(emptyForm).healthCheck).toBeNull()
})

it('memory is sent in bytes and hours as a duration', () => {
  const request = requestOf({ ...emptyForm, memory: 512, memoryUnit: 'MiB', autoStopHours: 1.5 })
  expect(request.resources?.memoryBytes).toBe(536_870_912)
  expect(request.autoStop).toBe('PT1H30M')
})

it('without a host none is asked for', () => {
  expect(requestOf(emptyForm)).toMatchObject({ host: null, autoStop: null })
})

it.each([
  ['/name', 'name'],
  ['/resources/memoryBytes', 'memory'],
  ['/autoStop', 'autoStopHours'],
  ['/volumes/0/mountPath', 'volumes.0.mountPath'],
  ['/apps/0', 'apps.0.name'],
  ['/env/LANG', 'env.0.name'],
  ['/secrets/0', 'secrets.0.name'],
  ['/secretEnv/TOKEN', 'secrets.1.variable'],
  ['/git', 'gitUrl'],
  ['/git/ref', 'gitRef'],
  ['/healthCheck/command', 'healthCommand'],
  ['/healthCheck/startPeriod', 'healthStartPeriod'],
])('what the server says about %s is shown at %s', (pointer, path) => {
  const errors = [{ pointer, code: 'invalid', message: 'no' }]
  expect(fieldErrors(errors, formOf(workspace))).toEqual({ [path]: 'No' })
})

it('what has no field is left to the page', () => {
  const errors = [{ pointer: '/quota', code: 'invalid', message: 'no' }]
  expect(fieldErrors(errors, emptyForm)).toEqual({})
  expect(shownPointers(errors, emptyForm).size).toBe(0)
})
