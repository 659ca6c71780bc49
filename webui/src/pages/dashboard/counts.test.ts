import { expect, it } from 'vitest'
import { aHost, aWorkspace } from '../../testing/examples'
import { countHosts, countWorkspaces } from './counts'

const failed = aWorkspace({ observed: { phase: 'failed' } })

it('what needs attention is named first', () => {
  const count = countWorkspaces({ pages: [{ items: [aWorkspace(), failed], next: null }] })
  expect(count).toEqual({
    total: '2',
    parts: [
      { label: '1 failed', color: 'red' },
      { label: '1 running', color: 'teal' },
    ],
  })
})

it('a list with more pages says so', () => {
  expect(countWorkspaces({ pages: [{ items: [failed], next: 'cursor' }] }).total).toBe('1+')
})

it('what is not loaded yet is not zero', () => {
  expect(countHosts(undefined).total).toBeNull()
  expect(countHosts({ items: [aHost()], next: null }).total).toBe('1')
})
