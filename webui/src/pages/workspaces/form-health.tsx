import { Checkbox, NumberInput, SimpleGrid, Stack, Textarea } from '@mantine/core'
import type { UseFormReturnType } from '@mantine/form'
import type { WorkspaceForm } from './form-values'

interface Props {
  form: UseFormReturnType<WorkspaceForm>
}

export function HealthFields({ form }: Props) {
  const asked = form.values.healthCommand.trim() !== ''
  return (
    <Stack gap="md">
      <Textarea
        label="Health command"
        description="Run in its container by a shell; it is well where this ends with status 0. Empty for the image's own check, if it has one."
        placeholder="curl -fsS http://localhost:8080/health"
        rows={2}
        spellCheck={false}
        {...form.getInputProps('healthCommand')}
      />
      {asked && (
        <>
          <SimpleGrid cols={{ base: 2, sm: 4 }}>
            <NumberInput
              label="Every (seconds)"
              min={2}
              max={3600}
              {...form.getInputProps('healthInterval')}
            />
            <NumberInput
              label="Time limit (seconds)"
              min={1}
              max={60}
              {...form.getInputProps('healthTimeout')}
            />
            <NumberInput
              label="Failures in a row"
              min={1}
              max={20}
              allowDecimal={false}
              {...form.getInputProps('healthRetries')}
            />
            <NumberInput
              label="Time to start (seconds)"
              min={0}
              max={3600}
              {...form.getInputProps('healthStartPeriod')}
            />
          </SimpleGrid>
          <Checkbox
            label="Start its container again when it is unhealthy"
            {...form.getInputProps('healthRestart', { type: 'checkbox' })}
          />
        </>
      )}
    </Stack>
  )
}
