import { ActionIcon, Box, Button, Group, Stack, Text } from '@mantine/core'
import type { ReactNode } from 'react'
import classes from './form-rows.module.css'
import { DeleteIcon, PlusIcon } from './icons'

interface Props {
  /** What one row is, in the words of its buttons: "Add volume", "Remove volume 1". */
  thing: string
  count: number
  empty: string
  /** Words above the columns; the fields name themselves for those who do not see these. */
  columns: string[]
  /** Their widths as grid tracks; equal if not given. */
  widths?: string
  onAdd: () => void
  onRemove: (at: number) => void
  children: (at: number) => ReactNode
}

/** Rows of like fields that one adds and removes. Names count from one, as people do. */
export function FormRows(props: Props) {
  const { thing, count, empty, columns, onAdd, onRemove, children } = props
  const template = { gridTemplateColumns: props.widths ?? `repeat(${columns.length}, 1fr)` }
  return (
    <Stack gap="sm" align="stretch">
      {count === 0 && (
        <Text size="sm" c="dimmed">
          {empty}
        </Text>
      )}
      {count > 0 && (
        <Group gap="xs" wrap="nowrap" mb={-6} aria-hidden="true" className={classes['words'] ?? ''}>
          <div className={classes['fields']} style={template}>
            {columns.map((each) => (
              <Text key={each} size="sm" fw={500}>
                {each}
              </Text>
            ))}
          </div>
          <Box w={36} />
        </Group>
      )}
      {Array.from({ length: count }, (_, at) => (
        <Group
          // Rows have no identity of their own; all of them are controlled by the form.
          // oxlint-disable-next-line react/no-array-index-key
          key={at}
          role="group"
          aria-label={`${thing} ${at + 1}`}
          align="flex-start"
          gap="xs"
          wrap="nowrap"
        >
          <div className={classes['fields']} style={template}>
            {children(at)}
          </div>
          <ActionIcon
            variant="subtle"
            color="gray"
            size={36}
            aria-label={`Remove ${thing.toLowerCase()} ${at + 1}`}
            onClick={() => onRemove(at)}
          >
            <DeleteIcon size={16} />
          </ActionIcon>
        </Group>
      ))}
      <Button
        variant="default"
        size="xs"
        leftSection={<PlusIcon size={14} />}
        onClick={onAdd}
        style={{ alignSelf: 'flex-start' }}
      >
        Add {thing.toLowerCase()}
      </Button>
    </Stack>
  )
}
