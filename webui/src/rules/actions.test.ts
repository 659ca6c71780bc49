import { describe, expect, it } from 'vitest'
import { aWorkspace } from '../testing/examples'
import { allowed, refusal, stateOf, workspaceActions, type WorkspaceAction } from './actions'

describe('the table of workspace actions', () => {
  it('has a verdict, and a reason for each no, for every state and action', () => {
    for (const row of Object.values(allowed)) {
      expect(Object.keys(row).toSorted()).toEqual(Object.keys(workspaceActions).toSorted())
      for (const verdict of Object.values(row)) {
        expect(verdict === true || verdict.length > 10).toBe(true)
      }
    }
  })

  it('never leaves a workspace without a way out, except while it is deleted', () => {
    for (const [state, row] of Object.entries(allowed)) {
      expect(row.delete === true || state === 'deleting').toBe(true)
    }
  })

  it('never offers start where a restart is the way, nor both', () => {
    for (const row of Object.values(allowed)) {
      expect(row.start === true && row.restart === true).toBe(false)
    }
  })
})

describe('the state of a workspace', () => {
  it.each([
    ['running', 'pending', 'starting'],
    ['running', 'preparing', 'starting'],
    ['running', 'running', 'running'],
    ['running', 'stopped', 'starting'],
    ['running', 'failed', 'failed'],
    ['running', 'unknown', 'lost'],
    ['stopped', 'running', 'stopping'],
    ['stopped', 'stopping', 'stopping'],
    ['stopped', 'stopped', 'stopped'],
  ] as const)('wanted %s and observed %s is %s', (desired, phase, state) => {
    expect(stateOf(aWorkspace({ desired, observed: { phase } }))).toBe(state)
  })

  it('is deleting whatever else is observed', () => {
    expect(stateOf(aWorkspace({ deleting: true }))).toBe('deleting')
  })
})

it.each([
  ['start', 'It is running already'],
  ['stop', null],
  ['restart', null],
] satisfies [WorkspaceAction, string | null][])(
  'a running workspace answers %s with %s',
  (action, text) => {
    expect(refusal(action, aWorkspace())).toBe(text)
  },
)
