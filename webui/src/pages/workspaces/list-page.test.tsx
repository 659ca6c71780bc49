import { screen, waitFor, within } from '@testing-library/react'
import { expect, it } from 'vitest'
import { aWorkspace } from '../../testing/examples'
import { listOf } from '../../testing/fake-server'
import { show, signedIn } from '../../testing/show'

it('a row offers the action that fits its state', async () => {
  const server = signedIn()
    .on(
      'GET /workspaces',
      listOf(
        aWorkspace({ name: 'api' }),
        aWorkspace({
          id: 'workspace-2',
          name: 'docs',
          desired: 'stopped',
          observed: { phase: 'stopped' },
        }),
      ),
    )
    .on('POST /workspaces/workspace-2/start', { status: 202, body: aWorkspace() })
  const { user } = show('/workspaces')
  const row = await screen.findByRole('row', { name: 'docs' })
  await user.click(within(row).getByRole('button', { name: 'Start docs' }))
  await waitFor(() => expect(server.to('POST /workspaces/workspace-2/start')).toHaveLength(1))
  expect(screen.getByRole('button', { name: 'Stop api' })).toBeTruthy()
})

it('the search asks the server and is kept in the address', async () => {
  const server = signedIn().on('GET /workspaces', listOf(aWorkspace()))
  const { user, router } = show('/workspaces')
  await user.type(await screen.findByRole('searchbox', { name: 'Search workspaces' }), 'ap')
  await waitFor(() =>
    expect(server.to('GET /workspaces').some((each) => each.query.get('q') === 'ap')).toBe(true),
  )
  expect(router.state.location.search).toEqual({ q: 'ap' })
})

it('the first visit says what a workspace is and how to make one', async () => {
  signedIn()
  show('/workspaces')
  expect(await screen.findByRole('heading', { name: 'No workspaces yet' })).toBeTruthy()
  expect(screen.getAllByRole('link', { name: 'Create workspace' }).length).toBeGreaterThan(0)
})
