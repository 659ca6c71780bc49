import { Button, Text } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { deleteSecret } from '../../api/secrets'
import type { Secret } from '../../api/types'
import { useCommand } from '../../live/use-command'
import { Confirm } from '../../ui/confirm'
import { DeleteIcon } from '../../ui/icons'

export function DeleteSecret({ secret }: { secret: Secret }) {
  const [asked, asking] = useDisclosure()
  const remove = useCommand<void, void>(() => deleteSecret(secret.id), {
    said: () => `Secret ${secret.name} is erased`,
    done: asking.close,
  })
  const users = secret.usedBy.map((each) => each.workspaceName).join(', ')
  return (
    <>
      <Button
        variant="default"
        size="xs"
        leftSection={<DeleteIcon size={14} />}
        aria-label={`Delete ${secret.name}`}
        onClick={asking.open}
      >
        Delete
      </Button>
      <Confirm
        opened={asked}
        title={`Delete secret ${secret.name}?`}
        verb="Delete secret"
        sending={remove.sending}
        onClose={asking.close}
        onConfirm={() => remove.send()}
      >
        <Text size="sm" ta="left">
          Its value is erased for good.
          {users !== '' &&
            ` What runs keeps what it has; ${users} cannot start again until it is taken out.`}
        </Text>
      </Confirm>
    </>
  )
}
