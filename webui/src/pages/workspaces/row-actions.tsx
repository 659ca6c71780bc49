import { ActionIcon, Group, Menu } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { useNavigate } from '@tanstack/react-router'
import type { Workspace } from '../../api/types'
import { refusal, workspaceActions } from '../../rules/actions'
import { MoreIcon } from '../../ui/icons'
import { ActionButton, actionIcons } from './action-button'
import { DeleteWorkspace } from './delete-workspace'
import { useWorkspaceCommands } from './use-workspace-commands'

/** In the list: the one action that fits the state as a button, the others in a menu. */
export function RowActions({ workspace }: { workspace: Workspace }) {
  const [deleting, asking] = useDisclosure()
  const commands = useWorkspaceCommands(workspace, asking.close)
  const navigate = useNavigate()
  const first = refusal('start', workspace) === null ? 'start' : 'stop'
  const inMenu = (['start', 'stop', 'restart'] as const).filter((each) => each !== first)
  return (
    <Group gap={4} justify="flex-end" wrap="nowrap">
      <ActionButton
        action={first}
        workspace={workspace}
        size="xs"
        named
        loading={commands[first].sending}
        onClick={() => commands[first].send()}
      />
      <Menu position="bottom-end" withinPortal>
        <Menu.Target>
          <ActionIcon
            variant="subtle"
            color="gray"
            aria-label={`More actions for ${workspace.name}`}
          >
            <MoreIcon />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          {inMenu.map((action) => (
            <Menu.Item
              key={action}
              leftSection={actionIcons[action]}
              disabled={refusal(action, workspace) !== null}
              title={refusal(action, workspace) ?? ''}
              onClick={() => commands[action].send()}
            >
              {workspaceActions[action].label}
            </Menu.Item>
          ))}
          <Menu.Item
            leftSection={actionIcons.edit}
            disabled={refusal('edit', workspace) !== null}
            onClick={() =>
              void navigate({ to: '/workspaces/$id/edit', params: { id: workspace.id } })
            }
          >
            {workspaceActions.edit.label}
          </Menu.Item>
          <Menu.Divider role="separator" />
          <Menu.Item
            c="var(--trailer-danger)"
            leftSection={actionIcons.delete}
            disabled={refusal('delete', workspace) !== null}
            onClick={asking.open}
          >
            {workspaceActions.delete.label}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      <DeleteWorkspace
        workspace={workspace}
        opened={deleting}
        sending={commands.remove.sending}
        onClose={asking.close}
        onDelete={commands.remove.send}
      />
    </Group>
  )
}
