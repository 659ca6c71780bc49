import { expect, it } from 'vitest'
import { mergePatch } from './merge-patch'

it('what stays the same is not sent', () => {
  expect(mergePatch({ name: 'api', env: { A: '1' } }, { name: 'api', env: { A: '1' } })).toEqual({})
})

it('a changed entry is sent alone, a removed one as null', () => {
  const before = { env: { KEEP: '1', CHANGE: '1', DROP: '1' } }
  const after = { env: { KEEP: '1', CHANGE: '2', ADD: '1' } }
  expect(mergePatch(before, after)).toEqual({ env: { CHANGE: '2', ADD: '1', DROP: null } })
})

it('a list is replaced whole', () => {
  expect(mergePatch({ volumes: [1, 2] }, { volumes: [1] })).toEqual({ volumes: [1] })
})

it('a field the form does not edit stays', () => {
  expect(mergePatch({ id: 'x', image: 'base' }, { image: 'pg' })).toEqual({ image: 'pg' })
})

it('nothing, null and a missing value are the same', () => {
  expect(mergePatch({}, { autoStop: null })).toEqual({})
  expect(mergePatch({ autoStop: 'PT2H' }, { autoStop: null })).toEqual({ autoStop: null })
})

it('neither the order of keys nor a null left out is a change', () => {
  const before = { volumes: [{ volume: null, name: 'home', mountPath: '/home/dev' }] }
  const after = { volumes: [{ name: 'home', mountPath: '/home/dev' }] }
  expect(mergePatch(before, after)).toEqual({})
})
