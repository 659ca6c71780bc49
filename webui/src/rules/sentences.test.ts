import { expect, it } from 'vitest'
import type { Fact } from '../api/types'
import { aFact } from '../testing/examples'
import { namesIn, sentenceOf } from './sentences'

it('a creation names who, what was done and to what', () => {
  expect(sentenceOf(aFact())).toEqual({
    who: 'admin',
    did: 'created workspace',
    what: 'api',
    detail: null,
  })
})

it('an observation says the phase', () => {
  const fact = aFact({
    type: 'workspace.observed',
    actor: { kind: 'agent', id: 'host-1', name: 'local' },
    data: { observation: { phase: 'running', generation: 2 } },
  })
  expect(sentenceOf(fact)).toMatchObject({ who: 'Agent on local', detail: 'now running' })
})

it.each([
  ['request', 'stopped workspace'],
  ['auto-stop', 'stopped, its time being over, workspace'],
  ['drain', 'stopped, its host being drained, workspace'],
])('a stop because of %s reads as %j', (cause, did) => {
  expect(sentenceOf(aFact({ type: 'workspace.stop-requested', data: { cause } })).did).toBe(did)
})

it('a reason is told in its own words', () => {
  const data = { reason: { code: 'step_failed', message: 'The host could not build the image.' } }
  expect(sentenceOf(aFact({ data })).detail).toBe('The host could not build the image.')
})

it('an event this client does not know is read from its name', () => {
  const fact = aFact({
    type: 'quota.raised-for_team',
    actor: { kind: 'system', id: 'quota', name: 'quota' },
    resource: { kind: 'quota' as Fact['resource']['kind'], id: 'q-1', name: null },
  })
  expect(sentenceOf(fact)).toMatchObject({
    who: 'Trailer',
    did: 'raised for team: quota',
    what: 'q-1',
  })
})

it('a fact that carries only an id is told by the name that is known', () => {
  const id = 'workspace-1'
  const made = aFact({ position: 1, resource: { kind: 'workspace', id, name: 'api' } })
  const stopped = aFact({ position: 2, resource: { kind: 'workspace', id, name: null } })
  expect(sentenceOf(stopped, namesIn([stopped, made], new Map())).what).toBe('api')
  expect(sentenceOf(stopped, namesIn([stopped], new Map([[id, 'now-api']]))).what).toBe('now-api')
  expect(sentenceOf(stopped).what).toBe(id)
})

it('an observation tells the step that its reason names', () => {
  const reason = { code: 'preparing', step: 'create-container' }
  const fact = aFact({ data: { observation: { phase: 'preparing', reason } } })
  expect(sentenceOf(fact).detail).toBe('now preparing: create container')
})

const gone = (unneededSince: string | null) =>
  sentenceOf(
    aFact({
      type: 'image.version-gone',
      actor: { kind: 'agent', id: 'host-1', name: 'attic' },
      data: { version: 2, unneededSince },
    }),
  )

it('a host that took a version away says whether anything needed it', () => {
  expect(gone('2026-03-01T10:00:00Z')).toMatchObject({
    who: 'Agent on attic',
    did: 'no longer has version 2, which nothing needed, of image',
  })
  expect(gone(null).did).toBe('no longer has version 2 of image')
})
