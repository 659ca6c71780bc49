import { expect, it } from 'vitest'
import { volumeRefusal } from './volumes'

it('only a kept volume can be deleted', () => {
  expect(volumeRefusal({ state: 'kept' })).toBeNull()
  expect(volumeRefusal({ state: 'in-use' })).toContain('in use')
  expect(volumeRefusal({ state: 'deleting' })).toContain('already')
})
