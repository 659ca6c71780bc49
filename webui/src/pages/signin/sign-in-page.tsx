import { Button, Center, Code, Loader, Paper, Stack, Text, Title } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { useRouter } from '@tanstack/react-router'
import { useEffect, useState } from 'react'
import { Brand } from '../../app/brand'
import { ProblemAlert } from '../../ui/problem-alert'
import { useTitle } from '../../ui/use-title'
import { CookieDropped } from './cookie-dropped'
import { takeLink } from './link'
import { tradeLink, type SignInOutcome } from './trade-link'

type View = { kind: 'no-link' } | { kind: 'signing-in' } | Exclude<SignInOutcome, { kind: 'done' }>

/** The door. A link from the server's start carries the token in its fragment, which no log sees. */
export function SignInPage() {
  useTitle('Sign in')
  const client = useQueryClient()
  const router = useRouter()
  const [view, setView] = useState<View>({ kind: 'no-link' })

  useEffect(() => {
    async function enter() {
      const link = takeLink()
      if (link === null) return
      setView({ kind: 'signing-in' })
      const outcome = await tradeLink(link)
      if (outcome.kind !== 'done') {
        setView(outcome)
        return
      }
      client.clear()
      await router.navigate({ to: '/', replace: true })
    }
    void enter()
    // A link pasted into a tab that is already here only changes the fragment.
    const again = () => void enter()
    globalThis.addEventListener('hashchange', again)
    return () => globalThis.removeEventListener('hashchange', again)
  }, [client, router])

  return (
    <Center mih="100vh" p="md" bg="var(--trailer-ground)">
      <Paper component="main" withBorder p={36} w={480} maw="100%" shadow="sm">
        <Stack gap="lg">
          <Brand />
          <Title order={1}>Sign in</Title>
          {view.kind === 'signing-in' && (
            <Stack align="center" py="md" role="status">
              <Loader />
              <Text>Signing you in…</Text>
            </Stack>
          )}
          {view.kind === 'refused' && <ProblemAlert error={view.error} />}
          {view.kind === 'cookie-dropped' && <CookieDropped />}
          {(view.kind === 'no-link' || view.kind === 'refused') && <WhereLinksAre />}
        </Stack>
      </Paper>
    </Center>
  )
}

function WhereLinksAre() {
  return (
    <Stack gap="sm">
      <Text>Trailer signs you in with a one-time link. Here is where to find a fresh one:</Text>
      <Text component="ol" m={0} pl="lg" lh={1.7}>
        <li>The server prints a link each time it starts: look at its output.</li>
        <li>
          The link is used up or lost? Start the server again, <Code>./infra/up --stop</Code> and
          then <Code>./infra/up</Code>: it prints a new one, and workspaces run on meanwhile.
        </li>
        <li>Open the link in this browser. It works once.</li>
      </Text>
      <Button variant="default" onClick={() => globalThis.location.assign('/')} mt="xs">
        I am signed in already
      </Button>
    </Stack>
  )
}
