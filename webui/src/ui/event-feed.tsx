import { Button, Center, Skeleton, Text, ThemeIcon } from '@mantine/core'
import { useInfiniteQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { eventsQuery } from '../api/events'
import type { Fact } from '../api/types'
import { formatAbsolute } from '../units/time'
import { namesIn, sentenceOf, type Names } from '../rules/sentences'
import classes from './event-feed.module.css'
import { HostIcon, ImageIcon, VolumeIcon, WorkspaceIcon } from './icons'
import { NameLink } from './name-link'
import { ProblemAlert } from './problem-alert'
import { TimeAgo } from './time-ago'

const icons: Record<string, ReactNode> = {
  workspace: <WorkspaceIcon size={15} />,
  image: <ImageIcon size={15} />,
  host: <HostIcon size={15} />,
  volume: <VolumeIcon size={15} />,
}

function Resource({ fact, what }: { fact: Fact; what: string }) {
  const params = { id: fact.resource.id }
  if (fact.resource.kind === 'workspace') {
    return (
      <NameLink to="/workspaces/$id" params={params}>
        {what}
      </NameLink>
    )
  }
  if (fact.resource.kind === 'image') {
    return (
      <NameLink to="/images/$id" params={params}>
        {what}
      </NameLink>
    )
  }
  if (fact.resource.kind === 'host') {
    return (
      <NameLink to="/hosts/$id" params={params}>
        {what}
      </NameLink>
    )
  }
  return <b>{what}</b>
}

function FactLine({ fact, names }: { fact: Fact; names: Names }) {
  const { who, did, what, detail } = sentenceOf(fact, names)
  return (
    <li className={classes['line']} data-position={fact.position}>
      <ThemeIcon
        variant="light"
        size={28}
        radius="xl"
        color={fact.actor.kind === 'account' ? 'brand' : 'gray'}
      >
        {icons[fact.resource.kind] ?? <WorkspaceIcon size={15} />}
      </ThemeIcon>
      <div className={classes['words']}>
        <Text size="sm">
          <b>{who}</b> {did} <Resource fact={fact} what={what} />
        </Text>
        {detail && (
          <Text size="xs" c="dimmed">
            {detail}
          </Text>
        )}
      </div>
      <Text component="span" size="xs" c="dimmed" className={classes['exact'] ?? ''}>
        {formatAbsolute(fact.at)}
      </Text>
      <TimeAgo at={fact.at} />
    </li>
  )
}

interface Named {
  id: string
  name: string
}

interface Props {
  /** Only what happened to it. */
  resource?: Named
  /** What the page knows by name: most facts carry only an id. */
  known?: readonly Named[]
}

const NOTHING: readonly Named[] = []

/** What happened, newest first, as sentences; of one resource or of all. Live. */
export function EventFeed({ resource, known = NOTHING }: Props) {
  const query = useInfiniteQuery(eventsQuery(resource?.id))
  if (query.error && !query.data) {
    return <ProblemAlert error={query.error} onRetry={() => void query.refetch()} />
  }
  if (!query.data) return <Skeleton height={160} aria-label="Loading events" />
  const facts = query.data.pages.flatMap((page) => page.items)
  if (facts.length === 0) {
    return (
      <Text c="dimmed" size="sm" py="sm">
        Nothing has happened yet. Everything anyone does from now on is listed here.
      </Text>
    )
  }
  const named = resource ? [resource, ...known] : known
  const names = namesIn(facts, new Map(named.map(({ id, name }) => [id, name])))
  return (
    <>
      <ol className={classes['feed']} aria-label="Events">
        {facts.map((fact) => (
          <FactLine key={fact.position} fact={fact} names={names} />
        ))}
      </ol>
      {query.hasNextPage && (
        <Center pt="sm">
          <Button
            variant="subtle"
            loading={query.isFetchingNextPage}
            onClick={() => void query.fetchNextPage()}
          >
            Show older events
          </Button>
        </Center>
      )}
    </>
  )
}
