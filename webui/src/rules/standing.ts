import type { HeldVersion, HostImages } from '../api/types'

/** Why a version is on a host. */
const words: Record<HeldVersion['standing'], string> = {
  'in-use': 'A container uses it',
  needed: 'A workspace or a build needs it',
  kept: 'One of the newest',
  going: 'Nothing needs it; goes',
}

export const standingWords = (standing: HeldVersion['standing']): string =>
  words[standing] ?? standing

const DAY = 86_400
const units: [seconds: number, one: string][] = [
  [DAY, 'day'],
  [3_600, 'hour'],
  [60, 'minute'],
  [1, 'second'],
]

/** In the largest unit that leaves no rest: `7 days`, `36 hours`. */
function lasting(seconds: number): string {
  const [size, one] = units.find(([each]) => seconds >= each && seconds % each === 0) ?? [
    1,
    'second',
  ]
  const count = seconds / size
  return `${count} ${one}${count === 1 ? '' : 's'}`
}

/** What a host keeps that nothing needs. */
export function keptWords({ keptVersions, keptSeconds }: HostImages): string {
  const newest = keptVersions === 1 ? 'The newest version' : `The ${keptVersions} newest versions`
  return `${newest} of each, others for ${lasting(keptSeconds)} after their last use`
}
