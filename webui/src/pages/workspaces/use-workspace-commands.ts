import {
  deleteWorkspace,
  restartWorkspace,
  startWorkspace,
  stopWorkspace,
} from '../../api/workspaces'
import type { Workspace } from '../../api/types'
import { useCommand } from '../../live/use-command'

/** Start, stop, restart and delete of one workspace, as the buttons send them. */
export function useWorkspaceCommands(workspace: Workspace, onDeleted?: () => void) {
  const { id, name } = workspace
  const start = useCommand((_: void, key) => startWorkspace(id, key))
  const stop = useCommand((_: void, key) => stopWorkspace(id, key))
  const restart = useCommand((_: void, key) => restartWorkspace(id, key))
  const remove = useCommand((alsoVolumes: boolean) => deleteWorkspace(workspace, alsoVolumes), {
    said: (alsoVolumes) =>
      alsoVolumes
        ? `Workspace ${name} and its volumes are being deleted`
        : `Workspace ${name} is being deleted; its volumes are kept`,
    done: () => onDeleted?.(),
  })
  return { start, stop, restart, remove }
}
