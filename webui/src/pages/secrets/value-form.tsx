import { Button, Group, Stack, Textarea, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { useEffect } from 'react'
import { ProblemError } from '../../api/problem'
import { placeErrors, shownAt } from '../../rules/field-errors'
import { nameProblem } from '../../rules/names'
import { ProblemAlert } from '../../ui/problem-alert'

interface Props {
  /** What the form is called, and its button. */
  verb: string
  /** False where the secret has its name already. */
  named: boolean
  sending: boolean
  problem: unknown
  onSubmit: (values: { name: string; value: string }) => void
  onCancel: () => void
}

const placeOf = (pointer: string): string | null => /^\/(name|value)$/.exec(pointer)?.[1] ?? null

/** A value goes in and never comes out: it is forgotten with the form, and shown only while it is typed. */
export function ValueForm({ verb, named, sending, problem, onSubmit, onCancel }: Props) {
  const form = useForm({
    initialValues: { name: '', value: '' },
    validate: {
      name: (name) => (named ? nameProblem(name.trim(), 'secret') : null),
      value: (value) => (value === '' ? 'A value is needed' : null),
    },
  })
  const errors = problem instanceof ProblemError ? problem.errors : []
  const { setErrors } = form
  useEffect(() => {
    if (problem instanceof ProblemError) setErrors(placeErrors(problem.errors, placeOf))
  }, [problem, setErrors])

  return (
    <form noValidate aria-label={verb} onSubmit={form.onSubmit(onSubmit)}>
      <Stack gap="md">
        {named && (
          <TextInput
            label="Name"
            description="Small letters, digits and dashes; also the name of its file"
            withAsterisk
            autoComplete="off"
            data-autofocus
            {...form.getInputProps('name')}
          />
        )}
        <Textarea
          label="Value"
          description="Taken as it is, with every line end; at most 64 KiB"
          withAsterisk
          rows={4}
          autoComplete="off"
          spellCheck={false}
          {...form.getInputProps('value')}
        />
        <ProblemAlert error={problem} shownAtFields={shownAt(errors, placeOf)} />
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onCancel}>
            Cancel
          </Button>
          <Button type="submit" loading={sending}>
            {verb}
          </Button>
        </Group>
      </Stack>
    </form>
  )
}
