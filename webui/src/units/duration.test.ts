import { expect, it } from 'vitest'
import { durationOf, formatHours, hoursOf, formatMillis } from './duration'

it.each([
  ['PT2H', 2],
  ['PT90M', 1.5],
  ['P1DT12H', 36],
  ['PT30S', 30 / 3600],
])('%s is %d hours', (duration, hours) => {
  expect(hoursOf(duration)).toBeCloseTo(hours)
})

it('what is no duration has no hours', () => {
  expect([hoursOf(null), hoursOf('2 hours')]).toEqual([null, null])
})

it.each([
  [2, 'PT2H'],
  [1.5, 'PT1H30M'],
  [0.25, 'PT15M'],
  [4 / 3, 'PT1H20M'],
  [100 / 3600, 'PT1M40S'],
])('%d hours are written %s', (hours, duration) => {
  expect(durationOf(hours)).toBe(duration)
  expect(hoursOf(duration)).toBe(hours)
})

it('hours read as people say them', () => {
  expect([0.5, 2, 2.5].map(formatHours)).toEqual(['30 min', '2 h', '2 h 30 min'])
})

it.each([
  [57, '57 ms'],
  [1_250, '1.3 s'],
  [12_000, '12 s'],
  [59_999, '1 min 0 s'],
  [125_000, '2 min 5 s'],
  [3_700_000, '1 h 1 min'],
])('%i ms are told as %s', (millis, told) => {
  expect(formatMillis(millis)).toBe(told)
})
