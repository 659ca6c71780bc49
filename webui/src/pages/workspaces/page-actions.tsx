import { useDisclosure } from '@mantine/hooks'
import { useNavigate } from '@tanstack/react-router'
import type { Workspace } from '../../api/types'
import { refusal } from '../../rules/actions'
import { ActionButton } from './action-button'
import { DeleteWorkspace } from './delete-workspace'
import { useWorkspaceCommands } from './use-workspace-commands'

interface Props {
  workspace: Workspace
  onDeleted: () => void
}

/** All actions of one workspace; the one that fits the state stands out. */
export function PageActions({ workspace, onDeleted }: Props) {
  const commands = useWorkspaceCommands(workspace, onDeleted)
  const [deleting, asking] = useDisclosure()
  const navigate = useNavigate()
  const canStart = refusal('start', workspace) === null
  return (
    <>
      {(['start', 'stop', 'restart'] as const).map((action) => (
        <ActionButton
          key={action}
          action={action}
          workspace={workspace}
          variant={action === 'start' && canStart ? 'filled' : 'default'}
          loading={commands[action].sending}
          onClick={() => commands[action].send()}
        />
      ))}
      <ActionButton
        action="edit"
        workspace={workspace}
        onClick={() => void navigate({ to: '/workspaces/$id/edit', params: { id: workspace.id } })}
      />
      <ActionButton
        action="delete"
        workspace={workspace}
        c="var(--trailer-danger)"
        onClick={asking.open}
      />
      <DeleteWorkspace
        workspace={workspace}
        opened={deleting}
        sending={commands.remove.sending}
        onClose={asking.close}
        onDelete={commands.remove.send}
      />
    </>
  )
}
