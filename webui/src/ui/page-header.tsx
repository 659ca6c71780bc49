import { Anchor, Box, Group, Text, Title } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { ArrowLeftIcon } from './icons'
import { useTitle } from './use-title'

interface Props {
  title: string
  badge?: ReactNode
  children?: ReactNode
  actions?: ReactNode
  back?: { to: '/workspaces' | '/images' | '/hosts'; label: string }
}

export function PageHeader({ title, badge, children, actions, back }: Props) {
  useTitle(title)
  return (
    <Box component="header" mb="lg">
      {back && (
        <Anchor component={Link} to={back.to} size="sm" c="dimmed" mb={6} display="inline-flex">
          <Group gap={6} component="span">
            <ArrowLeftIcon size={14} />
            {back.label}
          </Group>
        </Anchor>
      )}
      <Group justify="space-between" align="flex-start" gap="md">
        <Box>
          <Group gap="sm">
            <Title order={1}>{title}</Title>
            {badge}
          </Group>
          {children && (
            <Text component="div" c="dimmed" mt={4}>
              {children}
            </Text>
          )}
        </Box>
        {actions && <Group gap="xs">{actions}</Group>}
      </Group>
    </Box>
  )
}
