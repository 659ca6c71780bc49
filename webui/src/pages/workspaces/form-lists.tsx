import { NumberInput, Select, TextInput } from '@mantine/core'
import type { UseFormReturnType } from '@mantine/form'
import { useInfiniteQuery } from '@tanstack/react-query'
import { volumesQuery } from '../../api/volumes'
import type { WorkspaceForm } from './form-values'
import { FormRows } from '../../ui/form-rows'
import { visibilities } from './visibilities'

interface Props {
  form: UseFormReturnType<WorkspaceForm>
}

/** A volume is made new, or one that an earlier workspace left is taken, which settles its host. */
export function VolumeFields({ form }: Props) {
  const volumes = useInfiniteQuery(volumesQuery)
  const all = volumes.data?.pages.flatMap((page) => page.items) ?? []
  const choices = (current: string | null) => [
    { value: '', label: 'A new volume' },
    ...all
      .filter((each) => each.state === 'kept' || each.id === current)
      .map((each) => ({
        value: each.id,
        label: `${each.state === 'kept' ? 'Kept' : 'Its own'}: ${each.name} on ${each.host}`,
      })),
  ]
  return (
    <FormRows
      thing="Volume"
      columns={['Name', 'Mount path', 'Source']}
      count={form.values.volumes.length}
      empty="Without a volume, what is written is lost when the container is replaced."
      onAdd={() => form.insertListItem('volumes', { name: '', mountPath: '', volume: null })}
      onRemove={(at) => form.removeListItem('volumes', at)}
    >
      {(at) => {
        const current = form.values.volumes[at]?.volume ?? null
        return (
          <>
            <TextInput
              aria-label="Volume name"
              placeholder="Name, such as home"
              {...form.getInputProps(`volumes.${at}.name`)}
            />
            <TextInput
              aria-label="Mount path"
              placeholder="Path, such as /home/dev"
              {...form.getInputProps(`volumes.${at}.mountPath`)}
            />
            <Select
              aria-label="Volume source"
              data={choices(current)}
              allowDeselect={false}
              {...form.getInputProps(`volumes.${at}.volume`)}
              value={current ?? ''}
              onChange={(value) => {
                form.setFieldValue(`volumes.${at}.volume`, value || null)
                const taken = all.find((each) => each.id === value)
                if (taken && form.values.volumes[at]?.name === '') {
                  form.setFieldValue(`volumes.${at}.name`, taken.name)
                }
              }}
            />
          </>
        )
      }}
    </FormRows>
  )
}

export function EnvironmentFields({ form }: Props) {
  return (
    <FormRows
      thing="Variable"
      columns={['Name', 'Value']}
      count={form.values.env.length}
      empty="No variables. Secrets have a place of their own: everyone who sees the workspace sees these."
      onAdd={() => form.insertListItem('env', { name: '', value: '' })}
      onRemove={(at) => form.removeListItem('env', at)}
    >
      {(at) => (
        <>
          <TextInput
            aria-label="Variable name"
            placeholder="NAME"
            {...form.getInputProps(`env.${at}.name`)}
          />
          <TextInput
            aria-label="Variable value"
            placeholder="value"
            {...form.getInputProps(`env.${at}.value`)}
          />
        </>
      )}
    </FormRows>
  )
}

export function AppFields({ form }: Props) {
  return (
    <FormRows
      thing="App"
      columns={['Name', 'Port', 'Open to']}
      count={form.values.apps.length}
      empty="An app is a port of the workspace with an address of its own."
      onAdd={() => form.insertListItem('apps', { name: '', port: '', visibility: 'owner' })}
      onRemove={(at) => form.removeListItem('apps', at)}
    >
      {(at) => (
        <>
          <TextInput
            aria-label="App name"
            placeholder="Name, such as web"
            {...form.getInputProps(`apps.${at}.name`)}
          />
          <NumberInput
            aria-label="Port"
            placeholder="Port"
            min={1}
            max={65_535}
            allowDecimal={false}
            hideControls
            {...form.getInputProps(`apps.${at}.port`)}
          />
          <Select
            aria-label="Open to"
            data={Object.entries(visibilities).map(([value, label]) => ({ value, label }))}
            allowDeselect={false}
            {...form.getInputProps(`apps.${at}.visibility`)}
          />
        </>
      )}
    </FormRows>
  )
}
