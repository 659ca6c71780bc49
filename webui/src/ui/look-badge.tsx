import { Badge } from '@mantine/core'
import type { Look } from '../rules/phases'
import classes from './look-badge.module.css'

/** A state as a word with a coloured dot; the dot pulses while something is under way. */
export function LookBadge({ look }: { look: Look }) {
  return (
    <Badge
      variant="light"
      color={look.color}
      radius="xl"
      tt="none"
      fw={600}
      leftSection={<span className={classes['dot']} data-moving={look.moving || undefined} />}
    >
      {look.label}
    </Badge>
  )
}
