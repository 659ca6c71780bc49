import { expect, it } from 'vitest'
import { placeErrors, shownAt } from './field-errors'

const errors = [
  { pointer: '/dockerfile', code: 'credentials', message: 'must not contain a password' },
  { pointer: '/dockerfile', code: 'invalid', message: 'there is no such image' },
  { pointer: '/elsewhere', code: 'invalid', message: 'has no place here' },
]
const pathOf = (pointer: string) => (pointer === '/dockerfile' ? 'dockerfile' : null)

it('all that is wrong with one field is told there', () => {
  expect(placeErrors(errors, pathOf)).toEqual({
    dockerfile: 'Must not contain a password. There is no such image',
  })
})

it('what no field shows is left to the page', () => {
  expect([...shownAt(errors, pathOf)]).toEqual(['/dockerfile'])
})
