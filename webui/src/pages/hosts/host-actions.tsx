import { Button } from '@mantine/core'
import { useState } from 'react'
import { cordonHost, resumeHost } from '../../api/hosts'
import type { Host } from '../../api/types'
import { useCommand } from '../../live/use-command'
import { DeleteIcon, PauseIcon, PlayIcon, RestartIcon, StopIcon } from '../../ui/icons'
import { DrainHost } from './drain-host'
import { GiveUpHost, RemoveHost } from './remove-host'
import { RotateToken } from './rotate-token'

interface Props {
  host: Host
  onRemoved: () => void
}

type Asking = 'drain' | 'rotate' | 'remove' | 'give-up'

export function HostActions({ host, onRemoved }: Props) {
  const [asking, ask] = useState<Asking | null>(null)
  const dialog = (which: Asking) => ({
    host,
    opened: asking === which,
    onClose: () => ask(null),
  })
  const cordon = useCommand((_: void, key) => cordonHost(host.id, key), {
    said: () => `Host ${host.name} takes no new workspaces`,
  })
  const resume = useCommand((_: void, key) => resumeHost(host.id, key), {
    said: () => `Host ${host.name} takes workspaces again`,
  })
  if (host.state === 'abandoned') return null
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
      {!host.drained && (
        <Button variant="default" leftSection={<StopIcon size={15} />} onClick={() => ask('drain')}>
          Drain
        </Button>
      )}
      <Button
        variant="default"
        leftSection={<RestartIcon size={15} />}
        onClick={() => ask('rotate')}
      >
        Rotate token
      </Button>
      <Button
        variant="default"
        c="var(--trailer-danger)"
        leftSection={<DeleteIcon size={15} />}
        onClick={() => ask('remove')}
      >
        Remove
      </Button>
      {host.state === 'lost' && (
        <Button
          variant="default"
          c="var(--trailer-danger)"
          leftSection={<DeleteIcon size={15} />}
          onClick={() => ask('give-up')}
        >
          Give up
        </Button>
      )}
      <DrainHost {...dialog('drain')} />
      <RotateToken {...dialog('rotate')} />
      <RemoveHost {...dialog('remove')} onRemoved={onRemoved} />
      <GiveUpHost {...dialog('give-up')} onRemoved={onRemoved} />
    </>
  )
}
