import { Box, Group, Paper, Title } from '@mantine/core'
import { useId, type ReactNode } from 'react'

interface Props {
  title: string
  actions?: ReactNode
  children: ReactNode
  /** A table reaches to the panel's edges. */
  flush?: boolean
}

/** A titled region of a page. */
export function Panel({ title, actions, children, flush = false }: Props) {
  const id = useId()
  return (
    <Paper component="section" withBorder aria-labelledby={id} style={{ overflow: 'hidden' }}>
      <Group justify="space-between" px="md" pt="sm" pb={flush ? 'xs' : 0} mih={44}>
        <Title order={2} size="h5" id={id}>
          {title}
        </Title>
        {actions}
      </Group>
      <Box px={flush ? 0 : 'md'} pb={flush ? 0 : 'md'} pt={flush ? 0 : 'xs'}>
        {children}
      </Box>
    </Paper>
  )
}
