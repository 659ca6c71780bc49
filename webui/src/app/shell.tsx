import { AppShell, Burger, Group, NavLink, ScrollArea } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { Link, Outlet, useRouterState } from '@tanstack/react-router'
import { useEffect } from 'react'
import { LiveFacts } from '../live/live-facts'
import {
  DashboardIcon,
  HostIcon,
  ImageIcon,
  SecretIcon,
  VolumeIcon,
  WorkspaceIcon,
} from '../ui/icons'
import { AccountBar } from './account-bar'
import { Brand } from './brand'
import { ConnectionNote } from './connection-note'
import classes from './shell.module.css'

const screens = [
  { to: '/', label: 'Dashboard', icon: <DashboardIcon /> },
  { to: '/workspaces', label: 'Workspaces', icon: <WorkspaceIcon /> },
  { to: '/images', label: 'Images', icon: <ImageIcon /> },
  { to: '/hosts', label: 'Hosts', icon: <HostIcon /> },
  { to: '/volumes', label: 'Volumes', icon: <VolumeIcon /> },
  { to: '/secrets', label: 'Secrets', icon: <SecretIcon /> },
] as const

/** The frame of every screen: where one can go, who one is, whether what is shown is live. */
export function Shell() {
  const [opened, { toggle, close }] = useDisclosure()
  const path = useRouterState({ select: (state) => state.location.pathname })
  useEffect(close, [path, close])
  const isOn = (to: string) => (to === '/' ? path === '/' : path.startsWith(to))

  return (
    <LiveFacts>
      <a className={classes['skip']} href="#content">
        Skip to content
      </a>
      <AppShell
        header={{ height: { base: 56, sm: 0 } }}
        navbar={{ width: 232, breakpoint: 'sm', collapsed: { mobile: !opened } }}
        padding={{ base: 'md', sm: 32 }}
      >
        <AppShell.Header hiddenFrom="sm" px="md">
          <Group h="100%" justify="space-between">
            <Brand />
            <Burger opened={opened} onClick={toggle} size="sm" aria-label="Menu" />
          </Group>
        </AppShell.Header>
        <AppShell.Navbar p="sm" aria-label="Main" className={classes['navbar'] ?? ''}>
          <AppShell.Section visibleFrom="sm" px="xs" pt={6} pb="md">
            <Brand />
          </AppShell.Section>
          <AppShell.Section grow component={ScrollArea}>
            {screens.map(({ to, label, icon }) => (
              <NavLink
                key={to}
                component={Link}
                to={to}
                label={label}
                leftSection={icon}
                active={isOn(to)}
                className={classes['link'] ?? ''}
              />
            ))}
          </AppShell.Section>
          <AppShell.Section>
            <ConnectionNote />
            <AccountBar />
          </AppShell.Section>
        </AppShell.Navbar>
        <AppShell.Main id="content" tabIndex={-1} className={classes['main'] ?? ''}>
          <div className={classes['page']}>
            <Outlet />
          </div>
        </AppShell.Main>
      </AppShell>
    </LiveFacts>
  )
}
