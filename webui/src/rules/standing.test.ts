import { expect, it } from 'vitest'
import { keptWords } from './standing'

const kept = (keptVersions: number, keptSeconds: number) =>
  keptWords({ keptVersions, keptSeconds, versions: 0, sizeBytes: 0 })

it('what a host keeps is told in the largest unit that leaves no rest', () => {
  expect(kept(3, 604_800)).toBe(
    'The 3 newest versions of each, others for 7 days after their last use',
  )
  expect(kept(1, 3_600)).toBe('The newest version of each, others for 1 hour after their last use')
  expect(kept(1, 129_600)).toContain('36 hours')
  expect(kept(1, 90)).toContain('90 seconds')
})
