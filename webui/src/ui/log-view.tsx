import { Code, Stack, Text } from '@mantine/core'
import { useEffect, useRef } from 'react'
import { useLog, type Log } from '../live/use-log'
import classes from './log-view.module.css'

/** Nearer to the end than this, a reader wants to stay there. */
const AT_END_PIXELS = 40

const words: Record<Log['state'], string> = {
  following: 'Live: new lines appear as they come.',
  ended: 'There is no more.',
  broken: 'The log cannot be read just now.',
}

interface Props {
  path: string
  label: string
}

/** A log as it grows; it stays at its end unless one has scrolled away from there. */
export const LogView = (props: Props) => <Followed key={props.path} {...props} />

function Followed({ path, label }: Props) {
  const log = useLog(path)
  const box = useRef<HTMLElement>(null)
  const atEnd = useRef(true)
  useEffect(() => {
    const shown = box.current
    if (shown && atEnd.current) shown.scrollTop = shown.scrollHeight
  })
  return (
    <Stack gap={6}>
      <Code
        block
        ref={box as never}
        role="log"
        aria-label={label}
        // It scrolls, so the keyboard must reach it.
        tabIndex={0}
        className={classes['log'] ?? ''}
        onScroll={({ currentTarget: { scrollTop, scrollHeight, clientHeight } }) => {
          atEnd.current = scrollHeight - scrollTop - clientHeight < AT_END_PIXELS
        }}
      >
        {log.leftOut > 0 && `… ${log.leftOut} lines before …\n`}
        {log.lines.join('\n')}
      </Code>
      <Text size="xs" c="dimmed">
        {words[log.state]}
      </Text>
    </Stack>
  )
}
