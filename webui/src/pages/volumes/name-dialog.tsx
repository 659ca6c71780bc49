import { Button, Group, Modal, Stack, Text, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import type { ReactNode } from 'react'
import { nameProblem } from '../../rules/names'
import { ProblemAlert } from '../../ui/problem-alert'

interface Props {
  opened: boolean
  title: string
  verb: string
  initial: string
  sending: boolean
  problem: unknown
  children: ReactNode
  onName: (name: string) => void
  onClose: () => void
}

/** Asks what a volume that is about to be made is called. */
export function NameDialog(props: Props) {
  const { opened, title, verb, initial, sending, problem, children, onName, onClose } = props
  const form = useForm({
    initialValues: { name: initial },
    validate: { name: (value) => nameProblem(value.trim(), 'volume') },
  })
  return (
    <Modal opened={opened} onClose={onClose} title={title} centered>
      <form
        noValidate
        aria-label={title}
        onSubmit={form.onSubmit(({ name }) => onName(name.trim()))}
      >
        <Stack gap="md" ta="left">
          <Text size="sm">{children}</Text>
          <TextInput
            label="Name"
            withAsterisk
            autoComplete="off"
            data-autofocus
            {...form.getInputProps('name')}
          />
          <ProblemAlert error={problem} />
          <Group justify="flex-end" gap="xs">
            <Button variant="default" onClick={onClose}>
              Cancel
            </Button>
            <Button type="submit" loading={sending}>
              {verb}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  )
}
