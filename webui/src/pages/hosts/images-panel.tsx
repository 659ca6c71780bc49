import type { Host } from '../../api/types'
import { keptWords } from '../../rules/standing'
import { FactsGrid } from '../../ui/facts-grid'
import { Panel } from '../../ui/panel'
import { formatBytes } from '../../units/memory'

/** What its images take, and which of them it keeps. Nothing until its agent has told. */
export function ImagesPanel({ images }: Pick<Host, 'images'>) {
  if (images === null) return null
  return (
    <Panel title="Images">
      <FactsGrid
        rows={[
          ['Built here', `${images.versions} ${images.versions === 1 ? 'version' : 'versions'}`],
          ['They take', `At most ${formatBytes(images.sizeBytes)}, less what they share`],
          ['Kept unused', keptWords(images)],
        ]}
      />
    </Panel>
  )
}
