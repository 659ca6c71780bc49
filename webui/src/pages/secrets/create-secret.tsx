import { Modal } from '@mantine/core'
import { createSecret } from '../../api/secrets'
import { useCommand } from '../../live/use-command'
import { ValueForm } from './value-form'

interface Props {
  opened: boolean
  onClose: () => void
}

export function CreateSecret({ opened, onClose }: Props) {
  return (
    <Modal opened={opened} onClose={onClose} title="Create secret" size="lg" centered>
      <Creating onClose={onClose} />
    </Modal>
  )
}

function Creating({ onClose }: Pick<Props, 'onClose'>) {
  const create = useCommand(
    ({ name, value }: { name: string; value: string }, key) =>
      createSecret({ name: name.trim(), value }, key),
    { quiet: true, said: ({ name }) => `Secret ${name.trim()} is kept`, done: onClose },
  )
  return (
    <ValueForm
      verb="Create secret"
      named
      sending={create.sending}
      problem={create.problem}
      onSubmit={create.send}
      onCancel={onClose}
    />
  )
}
