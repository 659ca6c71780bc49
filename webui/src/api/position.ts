/**
 * The highest position of the ledger this page has heard of. Reads carry it, so what a person just
 * did (here or in another browser) is in the answer: "read your writes".
 */
export const POSITION_HEADER = 'Trailer-Position'
export const BEHIND_HEADER = 'Trailer-Behind'

let highest = 0

export function notePosition(value: number | string | null): void {
  const position = Number(value ?? Number.NaN)
  if (Number.isSafeInteger(position) && position > highest) highest = position
}

export function highestPosition(): number {
  return highest
}

/** After a `reset` the old positions mean nothing: they may belong to a ledger that is gone. */
export function forgetPositions(): void {
  highest = 0
}
