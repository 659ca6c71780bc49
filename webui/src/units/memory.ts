/** Memory in the units people think in. Binary units, as the engine counts. */
export const MIB = 1024 ** 2
export const GIB = 1024 ** 3

export type MemoryUnit = 'MiB' | 'GiB'

export const toBytes = (amount: number, unit: MemoryUnit): number =>
  Math.round(amount * (unit === 'GiB' ? GIB : MIB))

/** The largest unit in which the figure reads well; exact, so that editing changes nothing unasked. */
export function fromBytes(bytes: number): { amount: number; unit: MemoryUnit } {
  const gib = bytes / GIB
  return gib >= 1 && Number.isInteger(gib * 4)
    ? { amount: gib, unit: 'GiB' }
    : { amount: bytes / MIB, unit: 'MiB' }
}

export function formatBytes(bytes: number): string {
  const units = ['B', 'KiB', 'MiB', 'GiB', 'TiB']
  let amount = bytes
  let unit = 0
  while (amount >= 1024 && unit < units.length - 1) {
    amount /= 1024
    unit += 1
  }
  return `${Number(amount.toFixed(amount < 10 ? 1 : 0))} ${units[unit]}`
}
