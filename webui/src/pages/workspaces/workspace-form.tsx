import { Button, Group, Stack } from '@mantine/core'
import { useForm } from '@mantine/form'
import { useEffect, type ReactNode } from 'react'
import { ProblemError } from '../../api/problem'
import { Panel } from '../../ui/panel'
import { ProblemAlert } from '../../ui/problem-alert'
import { BasicFields, ResourceFields } from './form-basics'
import { HealthFields } from './form-health'
import { AppFields, EnvironmentFields, VolumeFields } from './form-lists'
import { GitFields, SecretFields } from './form-secrets'
import { fieldErrors, shownPointers, validation, type WorkspaceForm as Values } from './form-values'

interface Props {
  initial: Values
  existing: boolean
  verb: string
  sending: boolean
  problem: unknown
  /** What to do about a problem, shown within it. */
  problemHelp?: ReactNode
  onSubmit: (values: Values) => void
  onCancel: () => void
}

/** All of a workspace's fields, for creating and for editing. The server's errors come to the field. */
export function WorkspaceForm(props: Props) {
  const { initial, existing, verb, sending, problem, problemHelp, onSubmit, onCancel } = props
  const form = useForm<Values>({ initialValues: initial, validate: validation })
  const errors = problem instanceof ProblemError ? problem.errors : []

  const { setErrors } = form
  useEffect(() => {
    if (problem instanceof ProblemError) setErrors(fieldErrors(problem.errors, form.getValues()))
    // The errors belong to the values as they were sent, not to those typed since.
    // oxlint-disable-next-line react/exhaustive-deps
  }, [problem, setErrors])

  return (
    <form
      noValidate
      aria-label={existing ? 'Edit workspace' : 'Create workspace'}
      onSubmit={form.onSubmit(onSubmit)}
    >
      <Stack gap="lg" maw={820}>
        <Panel title="Basics">
          <BasicFields form={form} existing={existing} />
        </Panel>
        <Panel title="Resources">
          <ResourceFields form={form} />
        </Panel>
        <Panel title="Volumes">
          <VolumeFields form={form} />
        </Panel>
        <Panel title="Environment">
          <EnvironmentFields form={form} />
        </Panel>
        <Panel title="Secrets">
          <SecretFields form={form} />
        </Panel>
        <Panel title="Repository">
          <GitFields form={form} />
        </Panel>
        <Panel title="Health check">
          <HealthFields form={form} />
        </Panel>
        <Panel title="Apps">
          <AppFields form={form} />
        </Panel>
        <ProblemAlert error={problem} shownAtFields={shownPointers(errors, form.values)}>
          {problemHelp}
        </ProblemAlert>
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
