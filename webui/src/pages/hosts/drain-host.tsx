import { Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { drainHost, drainTold } from '../../api/hosts'
import type { Host } from '../../api/types'
import { useCommand } from '../../live/use-command'
import { Confirm } from '../../ui/confirm'
import { Consequences } from './consequences'

interface Props {
  host: Host
  opened: boolean
  onClose: () => void
}

/** Says first which workspaces will be stopped. */
export function DrainHost({ host, opened, onClose }: Props) {
  const told = useQuery({ ...drainTold(host.id), enabled: opened })
  const drain = useCommand((_: void, key) => drainHost(host, key), {
    said: () => `Host ${host.name} is being drained`,
  })
  return (
    <Confirm
      opened={opened}
      title={`Drain host ${host.name}?`}
      verb="Drain host"
      sending={drain.sending}
      onClose={onClose}
      onConfirm={() => {
        drain.send()
        onClose()
      }}
    >
      <Text size="sm">
        Nothing new comes or starts there until it is resumed. Volumes stay. These will be stopped,
        one after the other:
      </Text>
      <Consequences told={told} none="Nothing runs there now." />
    </Confirm>
  )
}
