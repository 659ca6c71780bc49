import { Button, Text, Tooltip } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import type { Volume } from '../../api/types'
import { deleteVolume } from '../../api/volumes'
import { useCommand } from '../../live/use-command'
import { volumeRefusal } from '../../rules/volumes'
import { Confirm } from '../../ui/confirm'
import { DeleteIcon } from '../../ui/icons'

export function DeleteVolume({ volume }: { volume: Volume }) {
  const [asked, asking] = useDisclosure()
  const remove = useCommand<void, void>(() => deleteVolume(volume.id), {
    said: () => `Volume ${volume.name} is being deleted`,
    done: asking.close,
  })
  const reason = volumeRefusal(volume)
  return (
    <>
      <Tooltip
        label={reason}
        disabled={reason === null}
        events={{ hover: true, focus: true, touch: true }}
      >
        <Button
          variant="default"
          size="xs"
          leftSection={<DeleteIcon size={14} />}
          aria-label={`Delete ${volume.name}`}
          {...(reason === null
            ? {}
            : { 'aria-disabled': true, 'data-disabled': true, title: reason })}
          onClick={() => {
            if (reason === null) asking.open()
          }}
        >
          Delete
        </Button>
      </Tooltip>
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
