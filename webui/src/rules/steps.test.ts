import { expect, it } from 'vitest'
import { aStep } from '../testing/examples'
import { progressWords, stepName } from './steps'

it('a step that only a newer server knows is shown by its own name', () => {
  expect(stepName('start-container')).toBe('Starting the container')
  expect(stepName('polish-container')).toBe('polish-container')
})

it('progress is told with the part that is worked on', () => {
  expect(progressWords(aStep())).toBeNull()
  expect(progressWords(aStep({ progress: { done: 3, of: 7, what: 'RUN make' } }))).toBe(
    '3 of 7: RUN make',
  )
})
