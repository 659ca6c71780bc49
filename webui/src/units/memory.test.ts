import { expect, it } from 'vitest'
import { formatBytes, fromBytes, toBytes } from './memory'

it('an amount survives the way to bytes and back', () => {
  for (const given of [
    { amount: 512, unit: 'MiB' },
    { amount: 1.5, unit: 'GiB' },
    { amount: 64, unit: 'GiB' },
  ] as const) {
    expect(fromBytes(toBytes(given.amount, given.unit))).toEqual(given)
  }
})

it.each([
  [0, '0 B'],
  [1_073_741_824, '1 GiB'],
  [1_610_612_736, '1.5 GiB'],
  [536_870_912, '512 MiB'],
])('%i bytes read as %s', (bytes, text) => {
  expect(formatBytes(bytes)).toBe(text)
})

it('an odd number of bytes stays what it is', () => {
  const { amount, unit } = fromBytes(1_000_000_000)
  expect(toBytes(amount, unit)).toBe(1_000_000_000)
})
