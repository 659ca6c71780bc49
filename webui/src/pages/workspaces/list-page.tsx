import { Button, Center, Paper } from '@mantine/core'
import { useInfiniteQuery, keepPreviousData } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { workspacesQuery } from '../../api/workspaces'
import { EmptyState } from '../../ui/empty-state'
import { PlusIcon, SearchIcon, WorkspaceIcon } from '../../ui/icons'
import { LinkButton } from '../../ui/link-button'
import { Loaded } from '../../ui/loaded'
import { PageHeader } from '../../ui/page-header'
import { ListFilters } from './list-filters'
import { WorkspaceTable } from './workspace-table'

const route = getRouteApi('/shell/workspaces')

const create = (
  <LinkButton to="/workspaces/new" leftSection={<PlusIcon size={16} />}>
    Create workspace
  </LinkButton>
)

export function WorkspacesPage() {
  const { q, state } = route.useSearch()
  const query = useInfiniteQuery({
    ...workspacesQuery({ q, state }),
    placeholderData: keepPreviousData,
  })
  const filtered = q !== undefined || state !== undefined
  return (
    <>
      <PageHeader title="Workspaces" actions={create}>
        Containers to work in, on machines you own
      </PageHeader>
      <ListFilters />
      <Loaded query={query}>
        {(data) => {
          const workspaces = data.pages.flatMap((page) => page.items)
          if (workspaces.length === 0) return filtered ? <NoMatch /> : <None />
          return (
            <>
              <WorkspaceTable workspaces={workspaces} />
              {query.hasNextPage && (
                <Center pt="md">
                  <Button
                    variant="default"
                    loading={query.isFetchingNextPage}
                    onClick={() => void query.fetchNextPage()}
                  >
                    Show more workspaces
                  </Button>
                </Center>
              )}
            </>
          )
        }}
      </Loaded>
    </>
  )
}

function NoMatch() {
  return (
    <Paper withBorder>
      <EmptyState
        icon={<SearchIcon />}
        title="No workspace matches"
        action={
          <LinkButton to="/workspaces" variant="default">
            Clear the filters
          </LinkButton>
        }
      >
        Try another word or another phase.
      </EmptyState>
    </Paper>
  )
}

function None() {
  return (
    <Paper withBorder>
      <EmptyState icon={<WorkspaceIcon />} title="No workspaces yet" action={create}>
        A workspace is a container with your tools, your code and volumes that outlive it. Create
        one from an image; it starts on a host that has room.
      </EmptyState>
    </Paper>
  )
}
