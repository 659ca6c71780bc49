import { Alert, Button, Group, Modal, Stack, Text, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { useEffect } from 'react'
import { registerHost } from '../../api/hosts'
import { ProblemError } from '../../api/problem'
import { useCommand } from '../../live/use-command'
import { placeErrors } from '../../rules/field-errors'
import { nameProblem } from '../../rules/names'
import { ProblemAlert } from '../../ui/problem-alert'
import { EnrolmentSteps } from './enrolment-steps'

interface Props {
  opened: boolean
  onClose: () => void
}

/** A name first; then, once and never again, the token the host's agent enrols with. */
export function RegisterHost({ opened, onClose }: Props) {
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title="Register host"
      size="xl"
      centered
      // A stray click must not throw away a token that is shown once.
      closeOnClickOutside={false}
    >
      <Registering onClose={onClose} />
    </Modal>
  )
}

function Registering({ onClose }: Pick<Props, 'onClose'>) {
  const form = useForm({
    initialValues: { name: '' },
    validate: { name: (value) => nameProblem(value.trim(), 'host') },
  })
  const register = useCommand((name: string, key) => registerHost(name, key), { quiet: true })
  const { problem, result } = register
  const nameError =
    problem instanceof ProblemError
      ? placeErrors(problem.errors, (pointer) => (pointer === '/name' ? 'name' : null))['name']
      : undefined

  const { setFieldError } = form
  useEffect(() => {
    if (nameError) setFieldError('name', nameError)
  }, [nameError, setFieldError])

  if (result) {
    return (
      <Stack gap="md">
        <Alert color="yellow" title="This token is shown once">
          <Text size="sm">
            Copy it before you close this. If it is lost, rotate the token on the host's page.
          </Text>
        </Alert>
        <EnrolmentSteps host={result} />
        <Group justify="flex-end">
          <Button onClick={onClose}>Done</Button>
        </Group>
      </Stack>
    )
  }
  return (
    <form
      noValidate
      aria-label="Register host"
      onSubmit={form.onSubmit(({ name }) => register.send(name.trim()))}
    >
      <Stack gap="md">
        <TextInput
          label="Name"
          description="How it is called here; small letters, digits and dashes"
          withAsterisk
          autoComplete="off"
          data-autofocus
          {...form.getInputProps('name')}
        />
        <ProblemAlert error={nameError ? null : problem} />
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit" loading={register.sending}>
            Register host
          </Button>
        </Group>
      </Stack>
    </form>
  )
}
