import { Textarea, TextInput } from '@mantine/core'
import type { UseFormReturnType } from '@mantine/form'
import { FormRows } from '../../ui/form-rows'
import type { ImageForm } from './form-values'
import classes from './image-form.module.css'

interface Props {
  form: UseFormReturnType<ImageForm>
}

export function FileFields({ form }: Props) {
  return (
    <FormRows
      thing="File"
      columns={['Path', 'Content']}
      widths="1fr 2fr"
      count={form.values.files.length}
      empty="Files that the Dockerfile copies, by their path in the build context."
      onAdd={() => form.insertListItem('files', { path: '', content: '' })}
      onRemove={(at) => form.removeListItem('files', at)}
    >
      {(at) => (
        <>
          <TextInput
            aria-label="File path"
            placeholder="Path, such as app.conf"
            spellCheck={false}
            {...form.getInputProps(`files.${at}.path`)}
          />
          <Textarea
            aria-label="File content"
            placeholder="Content"
            autosize
            minRows={3}
            maxRows={16}
            spellCheck={false}
            classNames={{ input: classes['code'] ?? '' }}
            {...form.getInputProps(`files.${at}.content`)}
          />
        </>
      )}
    </FormRows>
  )
}

export function BuildArgFields({ form }: Props) {
  return (
    <FormRows
      thing="Argument"
      columns={['Name', 'Value']}
      count={form.values.buildArgs.length}
      empty="Values for ARG lines. They stay readable in the image: no secrets here."
      onAdd={() => form.insertListItem('buildArgs', { name: '', value: '' })}
      onRemove={(at) => form.removeListItem('buildArgs', at)}
    >
      {(at) => (
        <>
          <TextInput
            aria-label="Argument name"
            placeholder="NAME"
            {...form.getInputProps(`buildArgs.${at}.name`)}
          />
          <TextInput
            aria-label="Argument value"
            placeholder="value"
            {...form.getInputProps(`buildArgs.${at}.value`)}
          />
        </>
      )}
    </FormRows>
  )
}
