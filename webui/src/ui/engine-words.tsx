import { Code } from '@mantine/core'
import type { Reason } from '../api/types'
import { withoutColours } from '../rules/colours'
import classes from './engine-words.module.css'

/** What the engine itself said, where it said more than the reason's sentence: the end of a build's log. */
export function EngineWords({ reason }: { reason: Reason }) {
  const detail = reason.params['detail']
  if (!detail) return null
  return (
    // It may scroll, so the keyboard must reach it.
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
    <Code
      block
      w="100%"
      tabIndex={0}
      aria-label="The engine's words"
      className={classes['words'] ?? ''}
    >
      {withoutColours(detail)}
    </Code>
  )
}
