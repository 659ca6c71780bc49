import { Stack, Text } from '@mantine/core'
import type { RegisteredHost, RotatedToken } from '../../api/types'
import { Copyable } from '../../ui/copyable'
import { TimeAgo } from '../../ui/time-ago'
import { enrolCommand, saveTokenCommand } from './enrol-command'

/** What to type on the machine that becomes a host. */
export function EnrolmentSteps({ host }: { host: RegisteredHost | RotatedToken }) {
  const server = globalThis.location.origin
  return (
    <Stack gap="md">
      <div>
        <Text size="sm" fw={600} mb={4}>
          Enrolment token (ends <TimeAgo at={host.enrolmentExpiresAt} inherit />)
        </Text>
        <Copyable label="Enrolment token" text={host.enrolmentToken} />
      </div>
      <div>
        <Text size="sm" fw={600} mb={4}>
          1. On {host.name}, in a checkout of Trailer, put the token in a file
        </Text>
        <Copyable label="Save command" text={saveTokenCommand()} />
        <Text size="xs" c="dimmed" mt={4}>
          Paste the token, press Enter, then Ctrl-D. This way it is in no shell history.
        </Text>
      </div>
      <div>
        <Text size="sm" fw={600} mb={4}>
          2. Start the agent
        </Text>
        <Copyable label="Agent command" text={enrolCommand(server)} />
        {isLoopback(server) && (
          <Text size="xs" c="dimmed" mt={4}>
            From another machine, put an address of this server that it can reach in place of{' '}
            {server}.
          </Text>
        )}
      </div>
    </Stack>
  )
}

const isLoopback = (origin: string) => /\/\/(localhost|127\.|\[::1\])/.test(origin)
