import { RouterProvider } from '@tanstack/react-router'
import { meQuery } from '../api/session'
import { Providers } from './providers'
import { createQueryClient } from './query-client'
import { createAppRouter } from './router'

/** The client and its router know each other: an ended session leads to the sign-in page. */
export function createApp() {
  const client = createQueryClient(() => {
    if (router.state.location.pathname === '/sign-in') return
    client.removeQueries({ queryKey: meQuery.queryKey })
    void router.navigate({ to: '/sign-in' })
  })
  const router = createAppRouter(client)
  return { client, router }
}

export function App({ client, router }: ReturnType<typeof createApp>) {
  return (
    <Providers client={client}>
      <RouterProvider router={router} />
    </Providers>
  )
}
