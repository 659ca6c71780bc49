import { Alert, Button, Group, Modal, Radio, Stack, Text } from '@mantine/core'
import { useState } from 'react'
import { rotateToken } from '../../api/hosts'
import type { Host } from '../../api/types'
import { useCommand } from '../../live/use-command'
import { ProblemAlert } from '../../ui/problem-alert'
import { EnrolmentSteps } from './enrolment-steps'

interface Props {
  host: Host
  opened: boolean
  onClose: () => void
}

/** When the agent that has the host is shut out; then, once and never again, the token for the next. */
export function RotateToken({ host, opened, onClose }: Props) {
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title={`Rotate the token of host ${host.name}`}
      size="xl"
      centered
      // A stray click must not throw away a token that is shown once.
      closeOnClickOutside={false}
    >
      <Rotating host={host} onClose={onClose} />
    </Modal>
  )
}

function Rotating({ host, onClose }: Pick<Props, 'host' | 'onClose'>) {
  const [when, setWhen] = useState('later')
  const rotate = useCommand((_: void, key) => rotateToken(host.id, when === 'now', key), {
    quiet: true,
  })
  const { problem, result } = rotate
  if (result) {
    return (
      <Stack gap="md">
        <Alert color="yellow" title="This token is shown once">
          <Text size="sm">Copy it before you close this. If it is lost, rotate again.</Text>
        </Alert>
        <EnrolmentSteps host={result} />
        <Group justify="flex-end">
          <Button onClick={onClose}>Done</Button>
        </Group>
      </Stack>
    )
  }
  return (
    <Stack gap="md">
      <Radio.Group label="The agent that has the host now" value={when} onChange={setWhen}>
        <Stack gap="xs" mt="xs">
          <Radio
            value="later"
            label="Goes on until another has enrolled"
            description="Workspaces keep running, and changes are carried out meanwhile"
          />
          <Radio
            value="now"
            label="Is shut out now"
            description="For a secret that was stolen. What runs keeps running; nothing is changed there until an agent has enrolled"
          />
        </Stack>
      </Radio.Group>
      <ProblemAlert error={problem} />
      <Group justify="flex-end" gap="xs">
        <Button variant="default" onClick={onClose}>
          Cancel
        </Button>
        <Button loading={rotate.sending} onClick={() => rotate.send()}>
          Rotate token
        </Button>
      </Group>
    </Stack>
  )
}
