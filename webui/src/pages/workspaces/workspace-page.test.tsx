import { screen, waitFor, within } from '@testing-library/react'
import { expect, it } from 'vitest'
import { aFact, aWorkspace } from '../../testing/examples'
import { show, signedIn } from '../../testing/show'

const at = '/workspaces/workspace-1'

it('what happens elsewhere shows without a reload, and the reading waits for its position', async () => {
  const server = signedIn().on(`GET ${at}`, { body: aWorkspace() })
  const { streams } = show(at)
  await screen.findAllByText('Running')
  await waitFor(() => expect(streams).toHaveLength(1))
  streams[0]?.say('open')
  server.on(`GET ${at}`, {
    body: aWorkspace({ desired: 'stopped', observed: { phase: 'stopped' } }),
  })
  streams[0]?.say('fact', aFact({ position: 9_001, type: 'workspace.observed' }))
  expect((await screen.findAllByText('Stopped')).length).toBeGreaterThan(0)
  expect(server.to(`GET ${at}`).at(-1)?.headers.get('Trailer-Position')).toBe('9001')
})

it('a phase that tells of an older wish says so', async () => {
  signedIn().on(`GET ${at}`, { body: aWorkspace({ generation: 3, observed: { generation: 2 } }) })
  show(at)
  expect((await screen.findAllByText('Catching up')).length).toBeGreaterThan(0)
})

it('an action that is not allowed says why and sends nothing', async () => {
  const server = signedIn().on(`GET ${at}`, { body: aWorkspace() })
  const { user } = show(at)
  const start = await screen.findByRole('button', { name: 'Start' })
  expect(start.getAttribute('aria-disabled')).toBe('true')
  expect(start.getAttribute('title')).toBe('It is running already')
  await user.click(start)
  expect(server.to(`POST ${at}/start`)).toHaveLength(0)
})

it('volumes are kept unless one chooses to delete them too', async () => {
  const volumes = [{ name: 'home', mountPath: '/home/dev', volume: 'volume-1' }]
  const server = signedIn()
    .on(`GET ${at}`, { body: aWorkspace({ volumes }) })
    .on(`DELETE ${at}`, { status: 202, body: aWorkspace({ deleting: true }) })
  const { user } = show(at)
  await user.click(await screen.findByRole('button', { name: 'Delete' }))
  const keep = await screen.findByRole('radio', { name: 'Keep the volumes' })
  expect(keep).toHaveProperty('checked', true)
  await user.click(screen.getByRole('radio', { name: 'Also delete the volumes' }))
  await user.click(screen.getByRole('button', { name: 'Delete workspace' }))
  await waitFor(() => expect(server.to(`DELETE ${at}`)).toHaveLength(1))
  const [call] = server.to(`DELETE ${at}`)
  expect(call?.query.get('volumes')).toBe('delete')
  expect(call?.headers.get('If-Match')).toBe('"2"')
})

it('what runs and is not well shows both, and the words of its check', async () => {
  const reason = {
    code: 'unhealthy',
    message: 'Its health check fails; it keeps running.',
    params: { detail: 'exit status 7: connection refused' },
    remedy: { operation: 'PATCH /api/v1/workspaces/{id}', label: 'Mend what runs inside' },
  }
  const healthCheck = {
    command: 'curl -fsS localhost',
    interval: 'PT30S',
    timeout: 'PT5S',
    retries: 3,
    startPeriod: 'PT0S',
    restart: false,
  }
  const observed = { health: 'unhealthy' as const, reason }
  signedIn().on(`GET ${at}`, { body: aWorkspace({ healthCheck, observed }) })
  show(at)
  const panel = within(await screen.findByRole('region', { name: 'Observed' }))
  expect(panel.getByText('Running')).toBeTruthy()
  expect(panel.getByText('Unhealthy')).toBeTruthy()
  expect(panel.getByText('exit status 7: connection refused')).toBeTruthy()
  expect(screen.getByText('curl -fsS localhost')).toBeTruthy()
  expect(screen.getByText('Left running')).toBeTruthy()
})

it('a reason comes with its remedy', async () => {
  const reason = {
    code: 'crash_looping',
    message: 'The container keeps ending.',
    params: {},
    remedy: { operation: 'PATCH /api/v1/workspaces/{id}', label: 'Change the memory' },
  }
  signedIn().on(`GET ${at}`, { body: aWorkspace({ observed: { phase: 'failed', reason } }) })
  show(at)
  expect(await screen.findByText('The container keeps ending.')).toBeTruthy()
  expect(screen.getByText('Change the memory')).toBeTruthy()
  expect(screen.getByRole('link', { name: 'Edit workspace' })).toBeTruthy()
})
