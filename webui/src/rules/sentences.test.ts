import { expect, it } from 'vitest'
import { aFact } from '../testing/examples'
import { sentenceOf } from './sentences'

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

it('a reason is told in its own words', () => {
  const data = { reason: { code: 'step_failed', message: 'The host could not build the image.' } }
  expect(sentenceOf(aFact({ data })).detail).toBe('The host could not build the image.')
})

it('an event this client does not know is read from its name', () => {
  const fact = aFact({
    type: 'quota.raised-for_team',
    actor: { kind: 'system', id: 'quota', name: null },
    resource: { kind: 'quota', id: 'q-1', name: null },
  })
  expect(sentenceOf(fact)).toMatchObject({
    who: 'Trailer',
    did: 'raised for team: quota',
    what: 'q-1',
  })
})
