import { Box, Group, Progress, Text } from '@mantine/core'

interface Props {
  label: string
  used: number
  total: number
  format: (value: number) => string
  /** Said instead of "used of total". */
  text?: string
}

/** Part of a whole; turns yellow, then red, as it fills. */
export function UsageBar({ label, used, total, format, text: given }: Props) {
  const percent = total > 0 ? Math.min(100, (used / total) * 100) : 0
  const color = percent >= 90 ? 'red' : percent >= 75 ? 'yellow' : 'brand'
  const text = given ?? `${format(used)} of ${format(total)}`
  return (
    <Box>
      <Group justify="space-between" mb={4} wrap="nowrap">
        <Text size="sm">{label}</Text>
        <Text size="sm" c="dimmed">
          {text}
        </Text>
      </Group>
      <Progress.Root size="md">
        <Progress.Section value={percent} color={color} aria-label={label} aria-valuetext={text} />
      </Progress.Root>
    </Box>
  )
}
