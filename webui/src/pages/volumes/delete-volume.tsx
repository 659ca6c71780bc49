import { Text } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import type { Volume } from '../../api/types'
import { deleteVolume } from '../../api/volumes'
import { useCommand } from '../../live/use-command'
import { Confirm } from '../../ui/confirm'
import { DeleteIcon } from '../../ui/icons'
import { VolumeButton } from './volume-button'

export function DeleteVolume({ volume }: { volume: Volume }) {
  const [asked, asking] = useDisclosure()
  const remove = useCommand<void, void>(() => deleteVolume(volume.id), {
    said: () => `Volume ${volume.name} is being deleted`,
    done: asking.close,
  })
  return (
    <>
      <VolumeButton
        action="delete"
        volume={volume}
        label="Delete"
        name={`Delete ${volume.name}`}
        icon={<DeleteIcon size={14} />}
        onClick={asking.open}
      />
      <Confirm
        opened={asked}
        title={`Delete volume ${volume.name}?`}
        verb="Delete volume"
        sending={remove.sending}
        onClose={asking.close}
        onConfirm={() => remove.send()}
      >
        <Text size="sm" ta="left">
          All data in it on {volume.host} is lost for good.
        </Text>
      </Confirm>
    </>
  )
}
