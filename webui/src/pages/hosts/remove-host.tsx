import { Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { giveUpHost, givingUpTold, removeHost } from '../../api/hosts'
import type { Host } from '../../api/types'
import { useCommand } from '../../live/use-command'
import { Confirm } from '../../ui/confirm'
import { Consequences } from './consequences'

interface Props {
  host: Host
  opened: boolean
  onClose: () => void
  onRemoved: () => void
}

/** A host that holds nothing. */
export function RemoveHost({ host, opened, onClose, onRemoved }: Props) {
  const remove = useCommand<void, void>(() => removeHost(host), {
    said: () => `Host ${host.name} is removed`,
    done: onRemoved,
  })
  return (
    <Confirm
      opened={opened}
      title={`Remove host ${host.name}?`}
      verb="Remove host"
      sending={remove.sending}
      onClose={onClose}
      onConfirm={() => {
        remove.send()
        onClose()
      }}
    >
      <Text size="sm">
        Its agent may not come back without being registered again. A host that still holds
        workspaces or volumes is not removed.
      </Text>
    </Confirm>
  )
}

/** A host that is lost for good, with all that was there; says first what that is. */
export function GiveUpHost({ host, opened, onClose, onRemoved }: Props) {
  const told = useQuery({ ...givingUpTold(host.id), enabled: opened })
  const giveUp = useCommand<void, void>(() => giveUpHost(host), {
    said: () => `Host ${host.name} is given up`,
    done: onRemoved,
  })
  return (
    <Confirm
      opened={opened}
      title={`Give up host ${host.name}?`}
      verb="Give up host"
      sending={giveUp.sending}
      onClose={onClose}
      onConfirm={() => {
        giveUp.send()
        onClose()
      }}
    >
      <Text size="sm">
        Only for a machine that will not come back. Its agent is shut out, and all that was there is
        taken out of the records. What a volume held is lost, unless you save it from the machine
        yourself.
      </Text>
      <Consequences told={told} none="Nothing was there." />
    </Confirm>
  )
}
