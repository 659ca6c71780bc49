import { Paper, Table, Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { imagesQuery } from '../../api/images'
import type { Image } from '../../api/types'
import { EmptyState } from '../../ui/empty-state'
import { ImageIcon, PlusIcon } from '../../ui/icons'
import { LinkButton } from '../../ui/link-button'
import { Loaded } from '../../ui/loaded'
import { NameLink } from '../../ui/name-link'
import { PageHeader } from '../../ui/page-header'
import { TimeAgo } from '../../ui/time-ago'
import { BuildBadge } from './build-badge'
import { latestBuild, latestVersion, sourceWords } from './image-facts'
import { RetiredBadge } from './retired-badge'

const define = (
  <LinkButton to="/images/new" leftSection={<PlusIcon size={16} />}>
    Define image
  </LinkButton>
)

export function ImagesPage() {
  return (
    <>
      <PageHeader title="Images" actions={define}>
        What workspaces start from, version by version
      </PageHeader>
      <Loaded query={useQuery(imagesQuery)}>
        {({ items }) => (
          <Paper withBorder style={{ overflow: 'hidden' }}>
            {items.length === 0 ? (
              <EmptyState icon={<ImageIcon />} title="No images yet" action={define}>
                Define one by a Dockerfile, or refer to one in a registry. Hosts build or pull it
                when a workspace needs it.
              </EmptyState>
            ) : (
              <ImageTable images={items} />
            )}
          </Paper>
        )}
      </Loaded>
    </>
  )
}

function ImageTable({ images }: { images: Image[] }) {
  return (
    <Table.ScrollContainer minWidth={680}>
      <Table aria-label="Images">
        <Table.Thead>
          <Table.Tr>
            <Table.Th>Name</Table.Th>
            <Table.Th>Source</Table.Th>
            <Table.Th>Version</Table.Th>
            <Table.Th>Latest build</Table.Th>
            <Table.Th>Revised</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {images.map((each) => (
            <Row key={each.id} image={each} />
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  )
}

function Row({ image }: { image: Image }) {
  const build = latestBuild(image)
  const version = latestVersion(image)
  return (
    <Table.Tr aria-label={image.name}>
      <Table.Td>
        <NameLink to="/images/$id" params={{ id: image.id }}>
          {image.name}
        </NameLink>{' '}
        <RetiredBadge image={image} />
      </Table.Td>
      <Table.Td>{version ? sourceWords(version) : '—'}</Table.Td>
      <Table.Td>{image.latestVersion}</Table.Td>
      <Table.Td>
        {build ? (
          <BuildBadge build={build} />
        ) : (
          <Text c="dimmed" size="sm">
            Not built yet
          </Text>
        )}
      </Table.Td>
      <Table.Td>
        <TimeAgo at={version?.createdAt ?? image.createdAt} />
      </Table.Td>
    </Table.Tr>
  )
}
