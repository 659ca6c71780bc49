import { Button, Checkbox, Menu, Text } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { hostsQuery } from '../../api/hosts'
import { buildImage, retireImage } from '../../api/images'
import type { Image } from '../../api/types'
import { useCommand } from '../../live/use-command'
import { Confirm } from '../../ui/confirm'
import { BuildIcon, DeleteIcon, EditIcon } from '../../ui/icons'
import { LinkButton } from '../../ui/link-button'
import { latestVersion } from './image-facts'

export function ImageActions({ image }: { image: Image }) {
  const [retiring, asking] = useDisclosure()
  const hosts = useQuery(hostsQuery)
  const [noCache, setNoCache] = useState(false)
  const build = useCommand(
    (host: string | null, key) => buildImage(image.id, { host, noCache }, key),
    {
      said: (host) => `A build of ${image.name} was asked for${host ? ` on ${host}` : ''}`,
    },
  )
  const retire = useCommand(() => retireImage(image), {
    said: () => `Image ${image.name} is retired`,
    done: asking.close,
  })
  if (image.state === 'retired') return null
  const online = (hosts.data?.items ?? []).filter((each) => each.state === 'online')
  const builds = !latestVersion(image)?.reference
  return (
    <>
      <LinkButton
        to="/images/$id/revise"
        params={{ id: image.id }}
        leftSection={<EditIcon size={15} />}
      >
        Revise
      </LinkButton>
      <Menu position="bottom-end" withinPortal>
        <Menu.Target>
          <Button variant="default" leftSection={<BuildIcon size={15} />} loading={build.sending}>
            {builds ? 'Build now' : 'Pull now'}
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          <Checkbox
            px="sm"
            py={6}
            size="xs"
            label="Each step anew, without cache"
            checked={noCache}
            onChange={({ currentTarget }) => setNoCache(currentTarget.checked)}
          />
          <Menu.Divider role="separator" />
          <Menu.Item onClick={() => build.send(null)}>On a host chosen for me</Menu.Item>
          {online.length > 0 && <Menu.Divider role="separator" />}
          {online.map((each) => (
            <Menu.Item key={each.id} onClick={() => build.send(each.name)}>
              On {each.name}
            </Menu.Item>
          ))}
        </Menu.Dropdown>
      </Menu>
      <Button
        variant="default"
        c="var(--trailer-danger)"
        leftSection={<DeleteIcon size={15} />}
        onClick={asking.open}
      >
        Retire
      </Button>
      <Confirm
        opened={retiring}
        title={`Retire image ${image.name}?`}
        verb="Retire image"
        sending={retire.sending}
        onClose={asking.close}
        onConfirm={() => retire.send(undefined)}
      >
        <Text size="sm">
          Workspaces that use it go on using it. No new workspace can, and it cannot be revised.
        </Text>
      </Confirm>
    </>
  )
}
