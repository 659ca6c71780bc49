import { Button, Center, Paper } from '@mantine/core'
import { useInfiniteQuery } from '@tanstack/react-query'
import { volumesQuery } from '../../api/volumes'
import { EmptyState } from '../../ui/empty-state'
import { VolumeIcon } from '../../ui/icons'
import { LinkButton } from '../../ui/link-button'
import { Loaded } from '../../ui/loaded'
import { PageHeader } from '../../ui/page-header'
import { CreateVolume } from './create-volume'
import { VolumeTable } from './volume-table'

export function VolumesPage() {
  const query = useInfiniteQuery(volumesQuery)
  return (
    <>
      <PageHeader title="Volumes" actions={<CreateVolume />}>
        Data that outlives containers. Kept ones wait for another workspace, or for you to delete
        them.
      </PageHeader>
      <Loaded query={query}>
        {(data) => {
          const volumes = data.pages.flatMap((page) => page.items)
          return (
            <>
              <Paper withBorder style={{ overflow: 'hidden' }}>
                {volumes.length === 0 ? (
                  <EmptyState
                    icon={<VolumeIcon />}
                    title="No volumes yet"
                    action={<LinkButton to="/workspaces/new">Create workspace</LinkButton>}
                  >
                    Volumes are made with a workspace that names them, on its host.
                  </EmptyState>
                ) : (
                  <VolumeTable volumes={volumes} />
                )}
              </Paper>
              {query.hasNextPage && (
                <Center pt="md">
                  <Button
                    variant="default"
                    loading={query.isFetchingNextPage}
                    onClick={() => void query.fetchNextPage()}
                  >
                    Show more volumes
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
