import type { QueryClient } from '@tanstack/react-query'
import {
  createRootRouteWithContext,
  createRoute,
  createRouter,
  lazyRouteComponent,
  redirect,
} from '@tanstack/react-router'
import { startPositionQuery } from '../api/events'
import { isUnauthenticated } from '../api/problem'
import { meQuery } from '../api/session'
import type { Phase } from '../api/types'
import { phases } from '../rules/phases'
import { Broken, NotFound } from './fallbacks'
import { Shell } from './shell'

interface Context {
  client: QueryClient
}

const root = createRootRouteWithContext<Context>()({ notFoundComponent: NotFound })

const signIn = createRoute({
  getParentRoute: () => root,
  path: '/sign-in',
  component: lazyRouteComponent(() => import('../pages/signin/sign-in-page'), 'SignInPage'),
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
  component: lazyRouteComponent(() => import('../pages/dashboard/dashboard-page'), 'DashboardPage'),
})

interface WorkspaceSearch {
  q?: string
  state?: Phase
}

const workspaces = createRoute({
  getParentRoute: () => shell,
  path: '/workspaces',
  component: lazyRouteComponent(() => import('../pages/workspaces/list-page'), 'WorkspacesPage'),
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
  component: lazyRouteComponent(
    () => import('../pages/workspaces/create-page'),
    'CreateWorkspacePage',
  ),
})

const workspace = createRoute({
  getParentRoute: () => shell,
  path: '/workspaces/$id',
  component: lazyRouteComponent(
    () => import('../pages/workspaces/workspace-page'),
    'WorkspacePage',
  ),
})

const editWorkspace = createRoute({
  getParentRoute: () => shell,
  path: '/workspaces/$id/edit',
  component: lazyRouteComponent(() => import('../pages/workspaces/edit-page'), 'EditWorkspacePage'),
})

const images = createRoute({
  getParentRoute: () => shell,
  path: '/images',
  component: lazyRouteComponent(() => import('../pages/images/list-page'), 'ImagesPage'),
})

const defineImage = createRoute({
  getParentRoute: () => shell,
  path: '/images/new',
  component: lazyRouteComponent(() => import('../pages/images/define-page'), 'DefineImagePage'),
})

const image = createRoute({
  getParentRoute: () => shell,
  path: '/images/$id',
  component: lazyRouteComponent(() => import('../pages/images/image-page'), 'ImagePage'),
})

const reviseImage = createRoute({
  getParentRoute: () => shell,
  path: '/images/$id/revise',
  component: lazyRouteComponent(() => import('../pages/images/revise-page'), 'ReviseImagePage'),
})

const hosts = createRoute({
  getParentRoute: () => shell,
  path: '/hosts',
  component: lazyRouteComponent(() => import('../pages/hosts/list-page'), 'HostsPage'),
})

const host = createRoute({
  getParentRoute: () => shell,
  path: '/hosts/$id',
  component: lazyRouteComponent(() => import('../pages/hosts/host-page'), 'HostPage'),
})

const volumes = createRoute({
  getParentRoute: () => shell,
  path: '/volumes',
  component: lazyRouteComponent(() => import('../pages/volumes/list-page'), 'VolumesPage'),
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
