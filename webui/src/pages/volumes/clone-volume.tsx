import { useDisclosure } from '@mantine/hooks'
import type { Volume } from '../../api/types'
import { cloneVolume } from '../../api/volumes'
import { useCommand } from '../../live/use-command'
import { CopyIcon } from '../../ui/icons'
import { NameDialog } from './name-dialog'
import { VolumeButton } from './volume-button'

export function CloneVolume({ volume }: { volume: Volume }) {
  const [asked, asking] = useDisclosure()
  const clone = useCommand((name: string, key) => cloneVolume(volume.id, name, key), {
    said: (name) => `Volume ${name} is being made`,
    done: asking.close,
    quiet: true,
  })
  return (
    <>
      <VolumeButton
        action="clone"
        volume={volume}
        label="Clone"
        name={`Clone ${volume.name}`}
        icon={<CopyIcon size={14} />}
        onClick={asking.open}
      />
      <NameDialog
        opened={asked}
        title={`Clone volume ${volume.name}`}
        verb="Clone volume"
        initial={volume.name}
        sending={clone.sending}
        problem={clone.problem}
        onClose={asking.close}
        onName={clone.send}
      >
        A volume on {volume.host} that holds the same. The workspace that uses {volume.name} must be
        stopped, and does not start before the copy is made.
      </NameDialog>
    </>
  )
}
