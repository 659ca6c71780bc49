import { Badge, Group, Paper, Skeleton, Text } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import classes from './count-card.module.css'
import type { Count } from './counts'

interface Props {
  label: string
  to: '/workspaces' | '/hosts' | '/images' | '/volumes'
  count: Count
}

export function CountCard({ label, to, count }: Props) {
  return (
    <Paper component={Link} to={to} withBorder p="md" className={classes['card'] ?? ''}>
      <Text size="sm" c="dimmed" fw={500}>
        {label}
      </Text>
      {count.total === null ? (
        <Skeleton height={34} width={48} my={4} />
      ) : (
        <Text className={classes['figure'] ?? ''}>{count.total}</Text>
      )}
      <Group gap={6} mih={22}>
        {count.parts.map((part) => (
          <Badge key={part.label} variant="light" color={part.color} tt="none" fw={600} radius="xl">
            {part.label}
          </Badge>
        ))}
      </Group>
    </Paper>
  )
}
