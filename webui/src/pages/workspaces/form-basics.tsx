import { Checkbox, Group, NumberInput, Select, SimpleGrid, Stack, TextInput } from '@mantine/core'
import type { UseFormReturnType } from '@mantine/form'
import { useQuery } from '@tanstack/react-query'
import { hostsQuery } from '../../api/hosts'
import { imagesQuery } from '../../api/images'
import type { Host } from '../../api/types'
import { hostLook } from '../../rules/phases'
import { formatBytes } from '../../units/memory'
import { NAME_LIMITS } from '../../rules/names'
import type { WorkspaceForm } from './form-values'

interface Props {
  form: UseFormReturnType<WorkspaceForm>
  /** A workspace keeps its name and the host that holds its volumes for life. */
  existing: boolean
}

export function BasicFields({ form, existing }: Props) {
  const images = useQuery(imagesQuery)
  const hosts = useQuery(hostsQuery)
  const names = (images.data?.items ?? [])
    .filter((each) => each.state === 'active' || each.name === form.values.image)
    .map((each) => each.name)
  return (
    <Stack gap="md">
      <TextInput
        label="Name"
        description={
          existing
            ? 'It keeps its name for life'
            : `Small letters, digits and dashes, at most ${NAME_LIMITS.workspace}`
        }
        withAsterisk
        readOnly={existing}
        variant={existing ? 'filled' : 'default'}
        autoComplete="off"
        data-autofocus
        {...form.getInputProps('name')}
      />
      <SimpleGrid cols={{ base: 1, sm: 2 }}>
        <Select
          label="Image"
          description="What it starts from"
          withAsterisk
          placeholder={names.length === 0 ? 'No image is defined yet' : 'Choose an image'}
          data={names}
          searchable
          allowDeselect={false}
          {...form.getInputProps('image')}
        />
        <Select
          label="Host"
          description={existing ? 'It stays where its volumes are' : 'Where it runs'}
          data={[
            { value: '', label: 'Placed for me' },
            ...(hosts.data?.items ?? []).map((each) => ({
              value: each.name,
              label: hostLabel(each),
              disabled: each.cordoned || each.state !== 'online',
            })),
          ]}
          readOnly={existing}
          variant={existing ? 'filled' : 'default'}
          allowDeselect={false}
          {...form.getInputProps('host')}
          value={form.values.host ?? ''}
          onChange={(value) => form.setFieldValue('host', value || null)}
        />
      </SimpleGrid>
      {!existing && (
        <Checkbox
          label="Start it as soon as it is created"
          {...form.getInputProps('startNow', { type: 'checkbox' })}
        />
      )}
    </Stack>
  )
}

function hostLabel(host: Host): string {
  const free =
    host.capability === null || host.allotted === null
      ? ''
      : `, ${formatBytes(host.capability.memoryBytes - host.allotted.memoryBytes)} free`
  return host.state === 'online' && !host.cordoned
    ? `${host.name}${free}`
    : `${host.name} (${hostLook(host).label.toLowerCase()})`
}

export function ResourceFields({ form }: Pick<Props, 'form'>) {
  const hosts = useQuery(hostsQuery)
  const most = Math.max(0, ...(hosts.data?.items ?? []).map((each) => each.capability?.gpus ?? 0))
  return (
    <SimpleGrid cols={{ base: 1, xs: 2 }}>
      <NumberInput
        label="CPUs"
        min={0.01}
        step={0.5}
        decimalScale={3}
        withAsterisk
        {...form.getInputProps('cpus')}
      />
      <Group gap={6} wrap="nowrap" align="flex-start">
        <NumberInput
          label="Memory"
          min={0}
          step={form.values.memoryUnit === 'GiB' ? 0.5 : 128}
          withAsterisk
          flex={1}
          {...form.getInputProps('memory')}
        />
        <Select
          aria-label="Memory unit"
          data={['MiB', 'GiB']}
          allowDeselect={false}
          w={88}
          mt={25}
          style={{ flex: 'none' }}
          {...form.getInputProps('memoryUnit')}
        />
      </Group>
      {(most > 0 || Number(form.values.gpus) > 0) && (
        <NumberInput
          label="GPUs"
          description={most > 0 ? `A host has at most ${most}` : 'No host has any now'}
          min={0}
          allowDecimal={false}
          {...form.getInputProps('gpus')}
        />
      )}
      <NumberInput
        label="Stop after (hours)"
        placeholder="Never"
        min={0}
        step={1}
        {...form.getInputProps('autoStopHours')}
      />
    </SimpleGrid>
  )
}
