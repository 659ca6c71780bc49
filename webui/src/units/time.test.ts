import { expect, it } from 'vitest'
import { formatRelative } from './time'

const now = Date.parse('2026-03-01T12:00:00Z')

it.each([
  ['2026-03-01T11:59:58Z', 'just now'],
  ['2026-03-01T12:00:12Z', 'just now'],
  ['2026-03-01T11:59:20Z', '40 sec. ago'],
  ['2026-03-01T11:55:00Z', '5 min. ago'],
  ['2026-03-01T09:00:00Z', '3 hr. ago'],
  ['2026-02-28T12:00:00Z', 'yesterday'],
  ['2026-03-01T14:00:00Z', 'in 2 hr.'],
  ['nonsense', '—'],
])('%s reads as %s', (instant, text) => {
  expect(formatRelative(instant, now)).toBe(text)
})
