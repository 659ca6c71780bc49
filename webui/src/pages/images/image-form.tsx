import {
  Button,
  Group,
  SegmentedControl,
  Select,
  Stack,
  Text,
  Textarea,
  TextInput,
} from '@mantine/core'
import { useForm, type UseFormReturnType } from '@mantine/form'
import { useEffect, type ReactNode } from 'react'
import { ProblemError } from '../../api/problem'
import { NAME_LIMITS, nameProblem } from '../../rules/names'
import { Panel } from '../../ui/panel'
import { ProblemAlert } from '../../ui/problem-alert'
import { useSecretNames } from '../../ui/use-secret-names'
import { BuildArgFields, FileFields } from './form-lists'
import {
  fieldErrors,
  shownPointers,
  withTemplate,
  type ImageForm as Values,
  type SourceKind,
} from './form-values'
import classes from './image-form.module.css'
import { TemplateSelect } from './template-select'

interface Props {
  initial: Values
  existing: boolean
  verb: string
  sending: boolean
  problem: unknown
  problemHelp?: ReactNode
  onSubmit: (values: Values) => void
  onCancel: () => void
}

/** What an image is made of: a Dockerfile with its context, or a reference to a registry. */
export function ImageForm(props: Props) {
  const { initial, existing, verb, sending, problem, problemHelp, onSubmit, onCancel } = props
  const form = useForm<Values>({
    initialValues: initial,
    validate: {
      name: (value) => nameProblem(value.trim(), 'image'),
      dockerfile: (value, { kind }) =>
        kind === 'dockerfile' && value.trim() === '' ? 'A Dockerfile is needed' : null,
      reference: (value, { kind }) =>
        kind === 'reference' && value.trim() === '' ? 'A reference is needed' : null,
    },
  })
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
      aria-label={existing ? 'Revise image' : 'Define image'}
      onSubmit={form.onSubmit(onSubmit)}
    >
      <Stack gap="lg" maw={820}>
        <Panel title="Image">
          <Stack gap="md">
            <TextInput
              label="Name"
              description={`Small letters, digits and dashes, at most ${NAME_LIMITS.image}`}
              withAsterisk
              readOnly={existing}
              variant={existing ? 'filled' : 'default'}
              autoComplete="off"
              {...form.getInputProps('name')}
            />
            <SegmentedControl
              aria-label="Source"
              className={classes['kinds'] ?? ''}
              data={[
                { value: 'dockerfile', label: 'Dockerfile' },
                { value: 'reference', label: 'Reference' },
              ]}
              value={form.values.kind}
              onChange={(kind) => form.setFieldValue('kind', kind as SourceKind)}
            />
            {!existing && form.values.kind === 'dockerfile' && (
              <TemplateSelect
                onPick={(template) => form.setValues(withTemplate(form.getValues(), template))}
              />
            )}
            {form.values.kind === 'dockerfile' ? (
              <Textarea
                label="Dockerfile"
                description="Begin with FROM trailer/<name> to build on another image of yours"
                withAsterisk
                autosize
                minRows={10}
                maxRows={28}
                spellCheck={false}
                classNames={{ input: classes['code'] ?? '' }}
                {...form.getInputProps('dockerfile')}
              />
            ) : (
              <TextInput
                label="Reference"
                description="As one would pull it, such as postgres:18"
                withAsterisk
                spellCheck={false}
                {...form.getInputProps('reference')}
              />
            )}
            <RegistrySecret form={form} />
          </Stack>
        </Panel>
        {form.values.kind === 'dockerfile' && (
          <>
            <Panel title="Context files">
              <FileFields form={form} />
            </Panel>
            <Panel title="Build arguments">
              <BuildArgFields form={form} />
            </Panel>
          </>
        )}
        {existing && (
          <Text size="sm" c="dimmed">
            Saving makes a new version. Workspaces take it at their next start.
          </Text>
        )}
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

function RegistrySecret({ form }: { form: UseFormReturnType<Values> }) {
  const names = useSecretNames([form.values.registrySecret])
  return (
    <Select
      label="Registry secret"
      description="A secret with user:password, where the registry that it is taken from asks for it"
      data={[{ value: '', label: 'None' }, ...names.map((name) => ({ value: name, label: name }))]}
      allowDeselect={false}
      {...form.getInputProps('registrySecret')}
    />
  )
}
