import { expect, it } from 'vitest'
import { contentsNote, volumeRefusal } from './volumes'

const kept = { state: 'kept', contents: 'whole' } as const

it('says why a volume cannot be deleted', () => {
  expect(volumeRefusal('delete', kept)).toBeNull()
  expect(volumeRefusal('delete', { ...kept, state: 'in-use' })).toContain('in use')
  expect(volumeRefusal('delete', { ...kept, state: 'deleting' })).toContain('being deleted')
  expect(volumeRefusal('delete', { ...kept, contents: 'incomplete' })).toBeNull()
})

it('restores only into what nobody uses, also where a restore broke off', () => {
  expect(volumeRefusal('restore', kept)).toBeNull()
  expect(volumeRefusal('restore', { ...kept, contents: 'incomplete' })).toBeNull()
  expect(volumeRefusal('restore', { ...kept, contents: 'copying' })).toContain('copying')
  expect(volumeRefusal('restore', { ...kept, state: 'in-use' })).toContain('in use')
})

it('takes along only what is whole', () => {
  expect(volumeRefusal('download', { ...kept, state: 'in-use' })).toBeNull()
  expect(volumeRefusal('download', { ...kept, contents: 'incomplete' })).toContain('broke off')
  expect(volumeRefusal('clone', { ...kept, contents: 'incomplete' })).toContain('broke off')
  expect(contentsNote(kept)).toBeNull()
  expect(contentsNote({ contents: 'copying' })).toBe('Copying')
})
