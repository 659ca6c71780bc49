import { Button, Code, Group, Stack, Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { attemptLog, attemptsQuery } from '../../api/attempts'
import type { Attempt, AttemptStep, Workspace } from '../../api/types'
import { withoutColours } from '../../rules/colours'
import { isCatchingUp, lookOf, phases } from '../../rules/phases'
import { attemptStates, progressWords, stepName } from '../../rules/steps'
import { LogView } from '../../ui/log-view'
import { LookBadge } from '../../ui/look-badge'
import { Panel } from '../../ui/panel'
import { TimeAgo } from '../../ui/time-ago'
import { formatMillis } from '../../units/duration'
import classes from './attempts-panel.module.css'

/** What led to the present state is seldom more than the image and the container. */
const AT_FIRST = 3
const MORE = 50

/** What the host did for the workspace, step by step, and where it failed. */
export function AttemptsPanel({ workspace }: { workspace: Workspace }) {
  const [limit, setLimit] = useState(AT_FIRST)
  const busy = lookOf(phases, workspace.observed.phase).moving || isCatchingUp(workspace)
  const { data } = useQuery(attemptsQuery(workspace.id, limit, busy))
  const attempts = data?.items ?? []
  return (
    <Panel title="Attempts">
      {attempts.length === 0 ? (
        <Text size="sm" c="dimmed">
          Its host has not done anything for it yet, or not in the last 30 days.
        </Text>
      ) : (
        <Stack gap="md" component="ul" m={0} p={0} aria-label="Attempts">
          {attempts.map((attempt) => (
            <Shown key={attempt.id} attempt={attempt} workspace={workspace.id} />
          ))}
          {data?.next && limit === AT_FIRST && (
            <Group>
              <Button size="xs" variant="default" onClick={() => setLimit(MORE)}>
                Show older attempts
              </Button>
            </Group>
          )}
        </Stack>
      )}
    </Panel>
  )
}

function Shown({ attempt, workspace }: { attempt: Attempt; workspace: string }) {
  const [open, setOpen] = useState(false)
  return (
    <Stack component="li" gap={6} style={{ listStyle: 'none' }}>
      <Group gap="sm" justify="space-between">
        <Group gap="sm">
          <LookBadge look={lookOf(attemptStates, attempt.state)} />
          <Text size="sm" fw={500}>
            {attempt.image ? `Image ${attempt.image}` : 'Workspace'}
          </Text>
          <TimeAgo at={attempt.startedAt} />
        </Group>
        {attempt.hasOutput && (
          <Button size="compact-xs" variant="default" onClick={() => setOpen(!open)}>
            {open ? 'Hide the log' : 'Show the log'}
          </Button>
        )}
      </Group>
      <Stack gap={4}>
        {attempt.steps.map((step, at) => (
          // Steps are only ever added at the end.
          // oxlint-disable-next-line react/no-array-index-key
          <Step key={at} step={step} logShown={open} />
        ))}
      </Stack>
      {open && <LogView path={attemptLog(workspace, attempt.id)} label="Log of the attempt" />}
    </Stack>
  )
}

function Step({ step, logShown }: { step: AttemptStep; logShown: boolean }) {
  const progress = progressWords(step)
  const working = step.state === 'working'
  const failed = step.state === 'failed'
  return (
    <div>
      <div className={classes['step'] ?? ''}>
        <Text size="sm" {...(failed ? { c: 'var(--trailer-danger)' } : {})}>
          {stepName(step.step)}
          {working && '…'}
          {progress && working && (
            <Text span size="xs" c="dimmed">
              {' '}
              {progress}
            </Text>
          )}
        </Text>
        <Text size="sm" c="dimmed" style={{ fontVariantNumeric: 'tabular-nums' }}>
          {formatMillis(step.durationMillis)}
        </Text>
      </div>
      {step.error && (
        <Text size="xs" c="dimmed" style={{ whiteSpace: 'pre-wrap' }}>
          {withoutColours(step.error)}
        </Text>
      )}
      {failed && !logShown && step.tail.length > 0 && (
        // It may scroll, so the keyboard must reach it.
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
        <Code
          block
          mt={4}
          tabIndex={0}
          aria-label="Its last lines"
          className={classes['tail'] ?? ''}
        >
          {withoutColours(step.tail.join('\n'))}
        </Code>
      )}
    </div>
  )
}
