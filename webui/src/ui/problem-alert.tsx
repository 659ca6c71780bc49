import { Alert, Button, List, Stack, Text } from '@mantine/core'
import type { ReactNode } from 'react'
import { ProblemError } from '../api/problem'
import { WarningIcon } from './icons'

interface Props {
  error: unknown
  /** Pointers of fields that show their own message. */
  shownAtFields?: ReadonlySet<string>
  onRetry?: () => void
  children?: ReactNode
}

/** A refusal in the server's words, with what to do about it. */
export function ProblemAlert({ error, shownAtFields, onRetry, children }: Props) {
  if (!error) return null
  const problem =
    error instanceof ProblemError
      ? error
      : new ProblemError(0, { title: 'This page failed', detail: String(error) })
  const others = problem.errors.filter((each) => !shownAtFields?.has(each.pointer))
  const words = wordsOf(problem, others.length)
  return (
    <Alert color="red" icon={<WarningIcon />} title={problem.title} role="alert">
      <Stack gap="xs" align="flex-start">
        {words && <Text size="sm">{words}</Text>}
        {others.length > 0 && (
          <List size="sm">
            {others.map((each) => (
              <List.Item key={`${each.pointer} ${each.message}`}>
                {each.pointer} {each.message}
              </List.Item>
            ))}
          </List>
        )}
        {problem.remedy && (
          <Text size="sm" fw={600}>
            What helps: {problem.remedy.label}
          </Text>
        )}
        {children}
        {onRetry && (
          <Button size="xs" variant="default" onClick={onRetry}>
            Try again
          </Button>
        )}
      </Stack>
    </Alert>
  )
}

/** The message of an invalid request repeats its first field error, which stands elsewhere. */
function wordsOf(problem: ProblemError, listed: number): string | null {
  if (problem.code === 'invalid' && problem.errors.length > 0) {
    return listed === problem.errors.length ? null : 'Each marked field says what it takes.'
  }
  return problem.message === problem.title ? null : problem.message
}
