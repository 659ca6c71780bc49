import { useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { imagesQuery } from '../../api/images'
import type { WorkspaceRequest } from '../../api/types'
import { createWorkspace } from '../../api/workspaces'
import { useCommand } from '../../live/use-command'
import { Loaded } from '../../ui/loaded'
import { PageHeader } from '../../ui/page-header'
import { emptyForm, requestOf } from './form-values'
import { WorkspaceForm } from './workspace-form'

export function CreateWorkspacePage() {
  const navigate = useNavigate()
  const images = useQuery(imagesQuery)
  const create = useCommand((request: WorkspaceRequest, key) => createWorkspace(request, key), {
    quiet: true,
    done: ({ id }) => void navigate({ to: '/workspaces/$id', params: { id } }),
  })
  return (
    <>
      <PageHeader title="Create workspace" back={{ to: '/workspaces', label: 'Workspaces' }} />
      <Loaded query={images}>
        {({ items }) => {
          // With one image there is nothing to choose.
          const active = items.filter((each) => each.state === 'active')
          const image = active.length === 1 ? (active[0]?.name ?? '') : ''
          return (
            <WorkspaceForm
              initial={{ ...emptyForm, image }}
              existing={false}
              verb="Create workspace"
              sending={create.sending}
              problem={create.problem}
              onSubmit={(values) => create.send(requestOf(values))}
              onCancel={() => void navigate({ to: '/workspaces' })}
            />
          )
        }}
      </Loaded>
    </>
  )
}
