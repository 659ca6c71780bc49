import { Skeleton, Stack } from '@mantine/core'
import type { ReactNode } from 'react'
import { isMissing } from '../api/problem'
import { EmptyState } from './empty-state'
import { SearchIcon } from './icons'
import { ProblemAlert } from './problem-alert'

interface Props<T> {
  query: { data: T | undefined; error: unknown; refetch: () => unknown }
  children: (data: T) => ReactNode
}

/** What a query brings: a skeleton before, a problem instead, else the screen (also while offline). */
export function Loaded<T>({ query, children }: Props<T>) {
  if (query.error && isMissing(query.error)) {
    return (
      <EmptyState icon={<SearchIcon />} title="Not here">
        It was deleted, or the address is wrong. What happened to it stays in the event feed.
      </EmptyState>
    )
  }
  if (query.data !== undefined) return children(query.data)
  if (query.error) return <ProblemAlert error={query.error} onRetry={() => void query.refetch()} />
  return (
    <Stack gap="sm" aria-busy="true" aria-label="Loading">
      <Skeleton height={28} width="35%" />
      <Skeleton height={120} />
      <Skeleton height={120} />
    </Stack>
  )
}
