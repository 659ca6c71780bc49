import { Stack } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { imageQuery } from '../../api/images'
import type { Image } from '../../api/types'
import { EventFeed } from '../../ui/event-feed'
import { Loaded } from '../../ui/loaded'
import { PageHeader } from '../../ui/page-header'
import { Panel } from '../../ui/panel'
import { BuildsPanel } from './builds-panel'
import { HeldPanel } from './held-panel'
import { ImageActions } from './image-actions'
import { RetiredBadge } from './retired-badge'
import { VersionsPanel } from './versions-panel'

const route = getRouteApi('/shell/images/$id')

export function ImagePage() {
  const { id } = route.useParams()
  return <Loaded query={useQuery(imageQuery(id))}>{(data) => <Shown image={data} />}</Loaded>
}

function Shown({ image }: { image: Image }) {
  return (
    <>
      <PageHeader
        title={image.name}
        badge={<RetiredBadge image={image} />}
        back={{ to: '/images', label: 'Images' }}
        actions={<ImageActions image={image} />}
      >
        Version {image.latestVersion}, known to builds as trailer/{image.name}:{image.latestVersion}
      </PageHeader>
      <Stack gap="lg">
        <VersionsPanel image={image} />
        <HeldPanel image={image} />
        <BuildsPanel image={image} />
        <Panel title="Events">
          <EventFeed resource={image} />
        </Panel>
      </Stack>
    </>
  )
}
