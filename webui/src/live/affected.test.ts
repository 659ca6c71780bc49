import { expect, it } from 'vitest'
import type { Fact } from '../api/types'
import { aFact } from '../testing/examples'
import { affectedBy } from './affected'

it('a workspace fact makes workspaces, host capacity, volumes, who uses secrets and the event feed stale', () => {
  expect(affectedBy(aFact())).toEqual(['workspaces', 'hosts', 'volumes', 'secrets', 'events'])
})

it('a fact of an unknown kind makes everything stale', () => {
  const kind = 'quota' as Fact['resource']['kind']
  const fact = aFact({ type: 'quota.changed', resource: { kind, id: 'q', name: null } })
  expect(affectedBy(fact)).toContain('workspaces')
  expect(affectedBy(fact)).toContain('events')
})
