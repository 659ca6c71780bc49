import { Alert, Button, Stack, Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi, useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { isStale } from '../../api/problem'
import type { Workspace } from '../../api/types'
import { changeWorkspace, workspaceQuery } from '../../api/workspaces'
import { useCommand } from '../../live/use-command'
import { mergePatch } from '../../rules/merge-patch'
import { Loaded } from '../../ui/loaded'
import { PageHeader } from '../../ui/page-header'
import { formOf, requestOf, type WorkspaceForm as Values } from './form-values'
import { WorkspaceForm } from './workspace-form'

const route = getRouteApi('/shell/workspaces/$id/edit')

export function EditWorkspacePage() {
  const { id } = route.useParams()
  const query = useQuery(workspaceQuery(id))
  return <Loaded query={query}>{(data) => <Editing current={data} />}</Loaded>
}

/** Edits the generation that was there when the form opened; a newer one is not overwritten unseen. */
function Editing({ current }: { current: Workspace }) {
  const [seen, setSeen] = useState(current)
  const navigate = useNavigate()
  const leave = () => void navigate({ to: '/workspaces/$id', params: { id: seen.id } })
  const change = useCommand((values: Values) => changeWorkspace(seen, patchOf(seen, values)), {
    quiet: true,
    done: leave,
    said: () => `Workspace ${seen.name} was changed`,
  })
  const reload = () => {
    change.reset()
    setSeen(current)
  }
  const changedMeanwhile = current.generation !== seen.generation
  return (
    <>
      <PageHeader title={`Edit ${seen.name}`} back={{ to: '/workspaces', label: 'Workspaces' }}>
        Changes to resources, volumes or environment replace its container; volumes keep their data.
      </PageHeader>
      {changedMeanwhile && !change.sending && (
        <Alert color="yellow" title="Changed meanwhile" mb="lg" maw={820} role="alert">
          <Stack gap="xs" align="flex-start">
            <Text size="sm">
              Somebody changed this workspace while you were editing. Load its current version and
              make your change again.
            </Text>
            <Button size="xs" variant="default" onClick={reload}>
              Load the current version
            </Button>
          </Stack>
        </Alert>
      )}
      <WorkspaceForm
        key={seen.generation}
        initial={formOf(seen)}
        existing
        verb="Save changes"
        sending={change.sending}
        problem={isStale(change.problem) && changedMeanwhile ? null : change.problem}
        onSubmit={change.send}
        onCancel={leave}
      />
    </>
  )
}

/** Name, host and whether it runs are not the form's to change once the workspace exists. */
function patchOf(seen: Workspace, values: Values) {
  const { name: _name, host: _host, desired: _desired, ...editable } = requestOf(values)
  return mergePatch(seen, editable)
}
