import type { QueryClient } from '@tanstack/react-query'
import {
  createRootRouteWithContext,
  createRoute,
  createRouter,
  redirect,
} from '@tanstack/react-router'
import { startPositionQuery } from '../api/events'
import { isUnauthenticated } from '../api/problem'
import { meQuery } from '../api/session'
import type { Phase } from '../api/types'
import { DashboardPage } from '../pages/dashboard/dashboard-page'
import { HostPage } from '../pages/hosts/host-page'
import { HostsPage } from '../pages/hosts/list-page'
import { DefineImagePage } from '../pages/images/define-page'
import { ImagePage } from '../pages/images/image-page'
import { ImagesPage } from '../pages/images/list-page'
import { ReviseImagePage } from '../pages/images/revise-page'
import { SecretsPage } from '../pages/secrets/list-page'
import { SignInPage } from '../pages/signin/sign-in-page'
import { VolumesPage } from '../pages/volumes/list-page'
import { CreateWorkspacePage } from '../pages/workspaces/create-page'
import { EditWorkspacePage } from '../pages/workspaces/edit-page'
import { WorkspacesPage } from '../pages/workspaces/list-page'
import { WorkspacePage } from '../pages/workspaces/workspace-page'
import { phases } from '../rules/phases'
import { Broken, NotFound } from './fallbacks'
import { Shell } from './shell'

interface Context {
  client: QueryClient
}

/*
 * All pages come in one file. A page that had to be fetched when it is opened would fail where the
 * network changes at that moment, as it does on a host that starts containers, or where the server
 * was replaced by a newer one.
 */
const root = createRootRouteWithContext<Context>()({ notFoundComponent: NotFound })

const signIn = createRoute({
  getParentRoute: () => root,
  path: '/sign-in',
  component: SignInPage,
})

/** Everything behind the door. Who we are and where the ledger stands come before any screen. */
const shell = createRoute({
  getParentRoute: () => root,
  id: 'shell',
  component: Shell,
  errorComponent: Broken,
  beforeLoad: async ({ context: { client } }) => {
    try {
      await client.ensureQueryData(meQuery)
      await client.ensureQueryData(startPositionQuery)
    } catch (error) {
      if (isUnauthenticated(error)) throw redirect({ to: '/sign-in' })
      throw error
    }
  },
})

const dashboard = createRoute({
  getParentRoute: () => shell,
  path: '/',
  component: DashboardPage,
})

interface WorkspaceSearch {
  q?: string
  state?: Phase
}

const workspaces = createRoute({
  getParentRoute: () => shell,
  path: '/workspaces',
  component: WorkspacesPage,
  validateSearch: (search: Record<string, unknown>): WorkspaceSearch => ({
    ...(typeof search['q'] === 'string' && search['q'] !== '' ? { q: search['q'] } : {}),
    ...(typeof search['state'] === 'string' && search['state'] in phases
      ? { state: search['state'] as Phase }
      : {}),
  }),
})

const createWorkspace = createRoute({
  getParentRoute: () => shell,
  path: '/workspaces/new',
  component: CreateWorkspacePage,
})

const workspace = createRoute({
  getParentRoute: () => shell,
  path: '/workspaces/$id',
  component: WorkspacePage,
})

const editWorkspace = createRoute({
  getParentRoute: () => shell,
  path: '/workspaces/$id/edit',
  component: EditWorkspacePage,
})

const images = createRoute({
  getParentRoute: () => shell,
  path: '/images',
  component: ImagesPage,
})

const defineImage = createRoute({
  getParentRoute: () => shell,
  path: '/images/new',
  component: DefineImagePage,
})

const image = createRoute({
  getParentRoute: () => shell,
  path: '/images/$id',
  component: ImagePage,
})

const reviseImage = createRoute({
  getParentRoute: () => shell,
  path: '/images/$id/revise',
  component: ReviseImagePage,
})

const hosts = createRoute({
  getParentRoute: () => shell,
  path: '/hosts',
  component: HostsPage,
})

const host = createRoute({
  getParentRoute: () => shell,
  path: '/hosts/$id',
  component: HostPage,
})

const volumes = createRoute({
  getParentRoute: () => shell,
  path: '/volumes',
  component: VolumesPage,
})

const secrets = createRoute({
  getParentRoute: () => shell,
  path: '/secrets',
  component: SecretsPage,
})

const routeTree = root.addChildren([
  signIn,
  shell.addChildren([
    dashboard,
    workspaces,
    createWorkspace,
    workspace,
    editWorkspace,
    images,
    defineImage,
    image,
    reviseImage,
    hosts,
    host,
    volumes,
    secrets,
  ]),
])

export const createAppRouter = (client: QueryClient) =>
  createRouter({
    routeTree,
    context: { client },
    defaultPreload: 'intent',
    // Queries decide what is fresh; the router must not keep a second opinion.
    defaultPreloadStaleTime: 0,
    scrollRestoration: true,
  })

declare module '@tanstack/react-router' {
  interface Register {
    router: ReturnType<typeof createAppRouter>
  }
}
