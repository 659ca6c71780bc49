import { Accordion, Code, Group, Stack, Text } from '@mantine/core'
import type { Image, ImageVersion } from '../../api/types'
import { Panel } from '../../ui/panel'
import { TimeAgo } from '../../ui/time-ago'
import { newestVersions, sourceWords } from './image-facts'

/** Every version stays readable; the latest is open. */
export function VersionsPanel({ image }: { image: Image }) {
  return (
    <Panel title="Versions" flush>
      <Accordion
        key={image.latestVersion}
        defaultValue={String(image.latestVersion)}
        chevronPosition="left"
      >
        {newestVersions(image).map((version) => (
          <Accordion.Item key={version.version} value={String(version.version)}>
            <Accordion.Control>
              <Group justify="space-between" wrap="nowrap">
                <Text size="sm">
                  <b>Version {version.version}</b> · {sourceWords(version)}
                </Text>
                <TimeAgo at={version.createdAt} />
              </Group>
            </Accordion.Control>
            <Accordion.Panel>
              <Source version={version} />
            </Accordion.Panel>
          </Accordion.Item>
        ))}
      </Accordion>
    </Panel>
  )
}

function Source({ version }: { version: ImageVersion }) {
  if (version.reference) {
    return (
      <Stack gap="sm">
        <Code block aria-label="Reference">
          {version.reference}
        </Code>
        <RegistrySecret name={version.registrySecret} />
      </Stack>
    )
  }
  const files = Object.entries(version.files ?? {})
  const buildArgs = Object.entries(version.buildArgs ?? {})
  return (
    <Stack gap="sm">
      <Code block aria-label="Dockerfile">
        {version.dockerfile}
      </Code>
      {files.map(([path, content]) => (
        <div key={path}>
          <Text size="sm" fw={600} mb={4}>
            {path}
          </Text>
          <Code block aria-label={path}>
            {content}
          </Code>
        </div>
      ))}
      {buildArgs.length > 0 && (
        <Text size="sm">
          Build arguments: {buildArgs.map(([name, value]) => `${name}=${value}`).join(', ')}
        </Text>
      )}
      <RegistrySecret name={version.registrySecret} />
    </Stack>
  )
}

function RegistrySecret({ name }: { name: string | null }) {
  return name && <Text size="sm">Registry secret: {name}</Text>
}
