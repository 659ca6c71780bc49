import { Button } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { createVolume } from '../../api/volumes'
import { useCommand } from '../../live/use-command'
import { PlusIcon } from '../../ui/icons'
import { NameDialog } from './name-dialog'

/** An empty one, to restore an archive into or to be taken by a workspace. */
export function CreateVolume() {
  const [asked, asking] = useDisclosure()
  const create = useCommand((name: string, key) => createVolume(name, null, key), {
    said: (name) => `Volume ${name} is made`,
    done: asking.close,
    quiet: true,
  })
  return (
    <>
      <Button leftSection={<PlusIcon size={16} />} onClick={asking.open}>
        Create volume
      </Button>
      <NameDialog
        opened={asked}
        title="Create volume"
        verb="Create volume"
        initial=""
        sending={create.sending}
        problem={create.problem}
        onClose={asking.close}
        onName={create.send}
      >
        An empty volume that no workspace uses yet, on the host with the most room.
      </NameDialog>
    </>
  )
}
