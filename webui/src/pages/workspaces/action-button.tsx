import { Button, Tooltip, type ButtonProps } from '@mantine/core'
import type { ReactNode } from 'react'
import type { Workspace } from '../../api/types'
import { refusal, workspaceActions, type WorkspaceAction } from '../../rules/actions'
import { DeleteIcon, EditIcon, PlayIcon, RestartIcon, StopIcon } from '../../ui/icons'

export const actionIcons: Record<WorkspaceAction, ReactNode> = {
  start: <PlayIcon size={15} />,
  stop: <StopIcon size={15} />,
  restart: <RestartIcon size={15} />,
  edit: <EditIcon size={15} />,
  delete: <DeleteIcon size={15} />,
}

interface Props extends ButtonProps {
  action: WorkspaceAction
  workspace: Workspace
  onClick: () => void
  /** In a table the name of the workspace belongs to the button's name. */
  named?: boolean
}

/**
 * A button made from the table of actions. Refused, it stays reachable by keyboard and says why
 * (`aria-disabled`, not `disabled`, which would hide the reason from keyboards and screen readers).
 */
export function ActionButton({ action, workspace, onClick, named = false, ...props }: Props) {
  const reason = refusal(action, workspace)
  const { label } = workspaceActions[action]
  return (
    <Tooltip
      label={reason}
      disabled={reason === null}
      events={{ hover: true, focus: true, touch: true }}
    >
      <Button
        variant="default"
        leftSection={actionIcons[action]}
        {...props}
        {...(named ? { 'aria-label': `${label} ${workspace.name}` } : {})}
        {...(reason === null
          ? {}
          : { 'aria-disabled': true, 'data-disabled': true, title: reason })}
        onClick={(event) => {
          event.preventDefault()
          if (reason === null) onClick()
        }}
      >
        {label}
      </Button>
    </Tooltip>
  )
}
