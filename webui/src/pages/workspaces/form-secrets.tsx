import { Select, SimpleGrid, TextInput } from '@mantine/core'
import type { UseFormReturnType } from '@mantine/form'
import { FormRows } from '../../ui/form-rows'
import { useSecretNames } from '../../ui/use-secret-names'
import type { WorkspaceForm } from './form-values'

interface Props {
  form: UseFormReturnType<WorkspaceForm>
}

export function SecretFields({ form }: Props) {
  const names = useSecretNames(form.values.secrets.map((each) => each.name))
  return (
    <FormRows
      thing="Secret"
      columns={['Secret', 'Given as', 'Variable']}
      count={form.values.secrets.length}
      empty="A secret is given as a file in memory, /run/secrets/NAME, or as a variable."
      onAdd={() => form.insertListItem('secrets', { name: '', as: 'file', variable: '' })}
      onRemove={(at) => form.removeListItem('secrets', at)}
    >
      {(at) => (
        <>
          <Select
            aria-label="Secret name"
            placeholder="Choose a secret"
            data={names}
            searchable
            allowDeselect={false}
            nothingFoundMessage="No such secret"
            {...form.getInputProps(`secrets.${at}.name`)}
          />
          <Select
            aria-label="Given as"
            data={[
              { value: 'file', label: 'A file, in memory' },
              { value: 'env', label: 'A variable' },
            ]}
            allowDeselect={false}
            {...form.getInputProps(`secrets.${at}.as`)}
          />
          {form.values.secrets[at]?.as === 'env' ? (
            <TextInput
              aria-label="Secret variable"
              placeholder="NAME"
              description="Whoever may look into the engine can read it"
              inputWrapperOrder={['label', 'input', 'description', 'error']}
              {...form.getInputProps(`secrets.${at}.variable`)}
            />
          ) : (
            <div />
          )}
        </>
      )}
    </FormRows>
  )
}

export function GitFields({ form }: Props) {
  const names = useSecretNames([form.values.gitSecret])
  const volume = form.values.volumes[0]
  return (
    <SimpleGrid cols={{ base: 1, sm: 3 }}>
      <TextInput
        label="Repository URL"
        placeholder="https://…"
        description={
          volume?.mountPath
            ? `Cloned once, into ${volume.mountPath}`
            : 'Cloned once, into the first volume'
        }
        {...form.getInputProps('gitUrl')}
      />
      <TextInput
        label="Branch, tag or commit"
        description="Empty for the repository's own choice"
        {...form.getInputProps('gitRef')}
      />
      <Select
        label="Credential"
        description="user:password, or a token alone"
        data={[
          { value: '', label: 'None' },
          ...names.map((name) => ({ value: name, label: name })),
        ]}
        allowDeselect={false}
        {...form.getInputProps('gitSecret')}
      />
    </SimpleGrid>
  )
}
