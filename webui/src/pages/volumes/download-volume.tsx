import { Button } from '@mantine/core'
import type { Volume } from '../../api/types'
import { archivePath } from '../../api/volumes'
import { volumeRefusal } from '../../rules/volumes'
import { DownloadIcon } from '../../ui/icons'
import { VolumeButton } from './volume-button'

/** A link, so that the browser streams it to disk by itself. */
export function DownloadVolume({ volume }: { volume: Volume }) {
  const name = `Download ${volume.name}`
  const icon = <DownloadIcon size={14} />
  if (volumeRefusal('download', volume) !== null) {
    return (
      <VolumeButton
        action="download"
        volume={volume}
        label="Download"
        name={name}
        icon={icon}
        onClick={() => {}}
      />
    )
  }
  return (
    <Button
      component="a"
      href={archivePath(volume.id)}
      download={`${volume.name}-${volume.id}.tar`}
      variant="default"
      size="xs"
      leftSection={icon}
      aria-label={name}
    >
      Download
    </Button>
  )
}
