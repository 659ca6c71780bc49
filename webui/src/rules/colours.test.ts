import { expect, it } from 'vitest'
import { withoutColours } from './colours'

it.each([
  ['\u001B[91m/bin/sh: denied\n\u001B[0m done', '/bin/sh: denied\n done'],
  ['[1;31mdenied[m', 'denied'],
  ['a[0] and [91 metres', 'a[0] and [91 metres'],
])('%j reads as %j', (text, words) => {
  expect(withoutColours(text)).toBe(words)
})
