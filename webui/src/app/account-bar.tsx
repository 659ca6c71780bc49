import { Avatar, Button, Group, Text } from '@mantine/core'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useRouter } from '@tanstack/react-router'
import { meQuery, signOut } from '../api/session'
import { useCommand } from '../live/use-command'

/** Who is signed in, and the way out. */
export function AccountBar() {
  const { data: me } = useQuery(meQuery)
  const client = useQueryClient()
  const router = useRouter()
  const leave = useCommand(signOut, {
    leaving: true,
    done: () => {
      void router.navigate({ to: '/sign-in' }).then(() => client.clear())
    },
  })
  return (
    <Group justify="space-between" wrap="nowrap" px="xs" pt="sm" mt={6}>
      <Group gap="xs" wrap="nowrap" miw={0}>
        <Avatar size={30} radius="xl" color="brand" name={me?.handle ?? ''} alt="" />
        <Text size="sm" fw={500} truncate>
          {me?.handle}
        </Text>
      </Group>
      <Button
        variant="subtle"
        color="gray"
        size="compact-sm"
        loading={leave.sending}
        onClick={() => leave.send(undefined)}
      >
        Sign out
      </Button>
    </Group>
  )
}
