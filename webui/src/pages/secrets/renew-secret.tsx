import { Button, Modal, Text } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { renewSecret } from '../../api/secrets'
import type { Secret } from '../../api/types'
import { useCommand } from '../../live/use-command'
import { EditIcon } from '../../ui/icons'
import { ValueForm } from './value-form'

export function RenewSecret({ secret }: { secret: Secret }) {
  const [opened, dialog] = useDisclosure()
  return (
    <>
      <Button
        variant="default"
        size="xs"
        leftSection={<EditIcon size={14} />}
        aria-label={`New value for ${secret.name}`}
        onClick={dialog.open}
      >
        New value
      </Button>
      <Modal
        opened={opened}
        onClose={dialog.close}
        title={`New value for ${secret.name}`}
        size="lg"
        centered
      >
        <Renewing secret={secret} onClose={dialog.close} />
      </Modal>
    </>
  )
}

function Renewing({ secret, onClose }: { secret: Secret; onClose: () => void }) {
  const renew = useCommand(
    ({ value }: { value: string }, key) => renewSecret(secret.id, value, key),
    {
      quiet: true,
      said: () => `Secret ${secret.name} has a new value`,
      done: onClose,
    },
  )
  return (
    <>
      <Text size="sm" mb="md">
        It replaces the one before, which is erased. Workspaces get it when they start next;
        variables when they are restarted.
      </Text>
      <ValueForm
        verb="Save new value"
        named={false}
        sending={renew.sending}
        problem={renew.problem}
        onSubmit={renew.send}
        onCancel={onClose}
      />
    </>
  )
}
