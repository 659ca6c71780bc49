import { randomUUID } from 'node:crypto'
import { Ledger } from './ledger.mjs'

export const admin = { kind: 'account', id: 'account-admin', name: 'admin' }
export const agentOf = (host) => ({ kind: 'agent', id: host.id, name: host.name })
const system = { kind: 'system', id: 'first-start', name: 'first-start' }

/** What the server and its agents would know, with an agent that takes `pace` millis per step. */
export class World {
  ledger = new Ledger()
  workspaces = new Map()
  images = new Map()
  hosts = new Map()
  volumes = new Map()
  secrets = new Map()

  constructor({ pace = 900 } = {}) {
    this.pace = pace
  }

  fact(type, kind, it, data, actor = admin, at) {
    if ('version' in it) it.version += 1
    return this.ledger.append(type, actor, { kind, id: it.id, name: it.name }, data, at)
  }

  named(map, name) {
    return [...map.values()].find((each) => each.name === name)
  }

  observe(workspace, phase, reason = null) {
    if (!this.workspaces.has(workspace.id)) return
    const host = this.hosts.get(workspace.hostId)
    workspace.observed = {
      phase,
      generation: workspace.generation,
      reason,
      since: new Date().toISOString(),
      container: ['running', 'stopping', 'failed'].includes(phase)
        ? (workspace.observed?.container ?? randomUUID().replaceAll('-', ''))
        : null,
      gpus: [],
      health: phase === 'running' && workspace.healthCheck ? 'healthy' : null,
    }
    const observation = { phase, generation: workspace.generation, reason }
    this.fact(
      'workspace.observed',
      'workspace',
      workspace,
      { observation },
      host ? agentOf(host) : system,
    )
  }

  /** Brings a workspace to what is wanted, step by step, unless a newer wish comes between. */
  async converge(workspace) {
    const { generation } = workspace
    const step = async (phase, reason) => {
      await new Promise((done) => setTimeout(done, this.pace))
      if (workspace.generation !== generation) return false
      this.observe(workspace, phase, reason)
      return true
    }
    if (workspace.deleting) {
      if (
        await step(
          'stopping',
          reason('being_removed', 'It was deleted; the host is removing its container.'),
        )
      ) {
        await new Promise((done) => setTimeout(done, this.pace))
        this.workspaces.delete(workspace.id)
        this.fact(
          'workspace.removed',
          'workspace',
          workspace,
          {},
          agentOf(this.hosts.get(workspace.hostId)),
        )
      }
      return
    }
    if (workspace.desired === 'stopped') {
      if (await step('stopping')) {
        await step(
          'stopped',
          reason('stopped_on_request', 'Somebody stopped it.', {
            operation: 'POST /api/v1/workspaces/{id}/start',
            label: 'Start it',
          }),
        )
      }
      return
    }
    if (
      !(await step('preparing', reason('preparing', 'The host is about to create the container.')))
    )
      return
    if (workspace.env?.FAIL) {
      await step(
        'failed',
        reason(
          'crash_looping',
          'The container keeps ending soon after it starts (exit status 1); it is started again at growing intervals.',
          {
            operation: 'PATCH /api/v1/workspaces/{id}',
            label: 'Change the image, the memory or the environment',
          },
        ),
      )
      return
    }
    await step('running')
  }

  async build(image, build) {
    const host = this.hosts.get(build.hostId)
    for (const state of ['building', 'succeeded']) {
      await new Promise((done) => setTimeout(done, this.pace * 2))
      if (build.state === 'cancelled') return
      build.state = state
      build.startedAt ??= new Date().toISOString()
      build.finishedAt = state === 'succeeded' ? new Date().toISOString() : null
      this.fact(
        'image.build-recorded',
        'image',
        image,
        { build: build.build, outcome: { state } },
        agentOf(host),
      )
    }
  }

  allotted(host) {
    const on = [...this.workspaces.values()].filter(
      (each) => each.hostId === host.id && each.desired === 'running',
    )
    const sum = (pick) => on.reduce((total, each) => total + pick(each.resources), 0)
    return {
      cpus: sum((r) => r.cpus),
      memoryBytes: sum((r) => r.memoryBytes),
      gpus: sum((r) => r.gpus),
    }
  }
}

export const reason = (code, message, remedy = null) => ({ code, message, params: {}, remedy })

export const couldNotBuild = {
  ...reason(
    'step_failed',
    'The host could not build the image; it tries again at growing intervals.',
  ),
  params: {
    step: 'BUILD_IMAGE',
    detail: 'Step 2/3 : RUN apt-get install -y jdk-25\nE: Unable to locate package jdk-25',
  },
}
