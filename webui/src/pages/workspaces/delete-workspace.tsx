import { Radio, Stack, Text } from '@mantine/core'
import { useState } from 'react'
import type { Workspace } from '../../api/types'
import { Confirm } from '../../ui/confirm'

interface Props {
  workspace: Workspace
  opened: boolean
  sending: boolean
  onClose: () => void
  onDelete: (alsoVolumes: boolean) => void
}

/** Deleting a workspace keeps its volumes unless one chooses otherwise, here and each time. */
export function DeleteWorkspace({ workspace, opened, sending, onClose, onDelete }: Props) {
  const [volumes, setVolumes] = useState<string>('keep')
  const names = workspace.volumes.map((each) => each.name).join(', ')
  return (
    <Confirm
      opened={opened}
      title={`Delete workspace ${workspace.name}?`}
      verb="Delete workspace"
      sending={sending}
      onClose={onClose}
      onConfirm={() => onDelete(volumes === 'delete')}
    >
      <Text size="sm">
        Its container is removed with everything in it that is not in a volume. This cannot be
        undone.
      </Text>
      {names !== '' && (
        <Radio.Group label={`Its volumes (${names})`} value={volumes} onChange={setVolumes}>
          <Stack gap="xs" mt="xs">
            <Radio
              value="keep"
              label="Keep the volumes"
              description="They stay on the host; another workspace there can take them"
            />
            <Radio
              value="delete"
              label="Also delete the volumes"
              description="Their data is lost for good"
            />
          </Stack>
        </Radio.Group>
      )}
    </Confirm>
  )
}
