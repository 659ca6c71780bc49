import { expect, it } from 'vitest'
import { nameProblem } from './names'

it.each(['api', 'a1', 'my-api-2'])('the name %s is accepted', (name) => {
  expect(nameProblem(name, 'workspace')).toBeNull()
})

it.each(['', 'a', 'Api', '1api', 'api-', 'a--b', 'a_b', 'a'.repeat(25)])(
  'the name "%s" is refused',
  (name) => {
    expect(nameProblem(name, 'workspace')).not.toBeNull()
  },
)
