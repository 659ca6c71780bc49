import { SimpleGrid, Stack } from '@mantine/core'
import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { hostsQuery } from '../../api/hosts'
import { imagesQuery } from '../../api/images'
import { volumesQuery } from '../../api/volumes'
import { workspacesQuery } from '../../api/workspaces'
import { EventFeed } from '../../ui/event-feed'
import { PlusIcon } from '../../ui/icons'
import { LinkButton } from '../../ui/link-button'
import { PageHeader } from '../../ui/page-header'
import { Panel } from '../../ui/panel'
import { CountCard } from './count-card'
import { countHosts, countImages, countVolumes, countWorkspaces } from './counts'
import { FirstSteps } from './first-steps'

export function DashboardPage() {
  const workspaces = useInfiniteQuery(workspacesQuery())
  const images = useQuery(imagesQuery)
  const hosts = useQuery(hostsQuery)
  const volumes = useInfiniteQuery(volumesQuery)
  const known = [
    ...(workspaces.data?.pages.flatMap((page) => page.items) ?? []),
    ...(volumes.data?.pages.flatMap((page) => page.items) ?? []),
    ...(images.data?.items ?? []),
    ...(hosts.data?.items ?? []),
  ]
  const nothingYet = workspaces.data?.pages[0]?.items.length === 0

  return (
    <>
      <PageHeader
        title="Dashboard"
        actions={
          <LinkButton to="/workspaces/new" leftSection={<PlusIcon size={16} />}>
            Create workspace
          </LinkButton>
        }
      >
        What runs, and what happens as it happens
      </PageHeader>
      <Stack gap="lg">
        <SimpleGrid cols={{ base: 1, xs: 2, lg: 4 }}>
          <CountCard label="Workspaces" to="/workspaces" count={countWorkspaces(workspaces.data)} />
          <CountCard label="Hosts" to="/hosts" count={countHosts(hosts.data)} />
          <CountCard label="Images" to="/images" count={countImages(images.data)} />
          <CountCard label="Volumes" to="/volumes" count={countVolumes(volumes.data)} />
        </SimpleGrid>
        {nothingYet && (
          <FirstSteps hosts={hosts.data?.items ?? []} images={images.data?.items ?? []} />
        )}
        <Panel title="Events">
          <EventFeed known={known} />
        </Panel>
      </Stack>
    </>
  )
}
