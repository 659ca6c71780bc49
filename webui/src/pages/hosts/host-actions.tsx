import { Button, Text } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { cordonHost, removeHost, resumeHost } from '../../api/hosts'
import type { Host } from '../../api/types'
import { useCommand } from '../../live/use-command'
import { Confirm } from '../../ui/confirm'
import { DeleteIcon, PauseIcon, PlayIcon } from '../../ui/icons'

interface Props {
  host: Host
  onRemoved: () => void
}

export function HostActions({ host, onRemoved }: Props) {
  const [removing, asking] = useDisclosure()
  const cordon = useCommand((_: void, key) => cordonHost(host.id, key), {
    said: () => `Host ${host.name} takes no new workspaces`,
  })
  const resume = useCommand((_: void, key) => resumeHost(host.id, key), {
    said: () => `Host ${host.name} takes workspaces again`,
  })
  const remove = useCommand<void, void>(() => removeHost(host), {
    said: () => `Host ${host.name} is removed`,
    done: onRemoved,
  })
  return (
    <>
      {host.cordoned ? (
        <Button
          leftSection={<PlayIcon size={15} />}
          loading={resume.sending}
          onClick={() => resume.send()}
        >
          Resume
        </Button>
      ) : (
        <Button
          variant="default"
          leftSection={<PauseIcon size={15} />}
          loading={cordon.sending}
          onClick={() => cordon.send()}
        >
          Cordon
        </Button>
      )}
      <Button
        variant="default"
        c="var(--trailer-danger)"
        leftSection={<DeleteIcon size={15} />}
        onClick={asking.open}
      >
        Remove
      </Button>
      <Confirm
        opened={removing}
        title={`Remove host ${host.name}?`}
        verb="Remove host"
        sending={remove.sending}
        onClose={asking.close}
        onConfirm={() => {
          remove.send()
          asking.close()
        }}
      >
        <Text size="sm">
          Its agent may not come back without being registered again. A host that still holds
          workspaces or volumes is not removed.
        </Text>
      </Confirm>
    </>
  )
}
