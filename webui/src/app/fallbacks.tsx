import { Container } from '@mantine/core'
import { useRouter, type ErrorComponentProps } from '@tanstack/react-router'
import { EmptyState } from '../ui/empty-state'
import { SearchIcon } from '../ui/icons'
import { LinkButton } from '../ui/link-button'
import { ProblemAlert } from '../ui/problem-alert'

export function NotFound() {
  return (
    <EmptyState
      icon={<SearchIcon />}
      title="There is no such page"
      action={<LinkButton to="/">To the dashboard</LinkButton>}
    >
      The address may be old or mistyped.
    </EmptyState>
  )
}

/** When not even the frame could be shown, mostly because the server does not answer. */
export function Broken({ error }: ErrorComponentProps) {
  const router = useRouter()
  return (
    <Container size="sm" py={80}>
      <ProblemAlert error={error} onRetry={() => void router.invalidate()} />
    </Container>
  )
}
