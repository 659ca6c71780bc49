import { List, Text, ThemeIcon } from '@mantine/core'
import type { Host, Image } from '../../api/types'
import { CheckIcon, PlusIcon } from '../../ui/icons'
import { NameLink } from '../../ui/name-link'
import { Panel } from '../../ui/panel'

interface Props {
  hosts: Host[]
  images: Image[]
}

/** What is still missing before the first workspace can run. */
export function FirstSteps({ hosts, images }: Props) {
  return (
    <Panel title="First steps">
      <Text c="dimmed" size="sm" mb="sm">
        Three things make a workspace run. What is ticked is there already.
      </Text>
      <List spacing="sm" center>
        <Step done={hosts.some((each) => each.state === 'online')}>
          A host that is online: <NameLink to="/hosts">register a host</NameLink>
        </Step>
        <Step done={images.some((each) => each.state === 'active')}>
          An image to start from: <NameLink to="/images/new">define an image</NameLink>
        </Step>
        <Step done={false}>
          A workspace: <NameLink to="/workspaces/new">create your first workspace</NameLink>
        </Step>
      </List>
    </Panel>
  )
}

function Step({ done, children }: { done: boolean; children: React.ReactNode }) {
  return (
    <List.Item
      icon={
        <ThemeIcon
          size={24}
          radius="xl"
          variant={done ? 'filled' : 'light'}
          color={done ? 'brand' : 'gray'}
        >
          {done ? <CheckIcon size={14} /> : <PlusIcon size={14} />}
        </ThemeIcon>
      }
      {...(done ? { 'aria-label': 'Done' } : {})}
    >
      {children}
    </List.Item>
  )
}
