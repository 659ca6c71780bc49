import { screen, waitFor, within } from '@testing-library/react'
import { expect, it } from 'vitest'
import type { Host } from '../../api/types'
import { aHost } from '../../testing/examples'
import type { FakeServer } from '../../testing/fake-server'
import { signedIn, show } from '../../testing/show'

function server(fields: Partial<Host> = {}) {
  return signedIn()
    .on('GET /hosts/host-1', { body: aHost(fields) })
    .on('GET /hosts/host-1/metrics', { body: { step: 'PT10S', points: [] } })
}

const told = (...names: string[]) => ({
  body: {
    dryRun: true,
    events: [],
    resource: aHost(),
    consequences: names.map((name) => ({
      kind: 'workspace',
      id: name,
      name,
      owner: 'admin',
      becomes: 'stopped',
    })),
    moreConsequences: 0,
  },
})

async function open(button: string, dialog: string) {
  const { user } = show('/hosts/host-1')
  await user.click(await screen.findByRole('button', { name: button }))
  return { user, dialog: within(await screen.findByRole('dialog', { name: dialog })) }
}

/** Calls that were no dry runs. */
const meant = (fake: FakeServer, route: string) =>
  fake.to(route).filter((call) => call.query.get('dryRun') === null)

it('draining says first which workspaces will be stopped', async () => {
  const fake = server().on('POST /hosts/host-1/drain', told('api', 'web'))
  const { user, dialog } = await open('Drain', 'Drain host local?')
  const list = await dialog.findByRole('list', { name: 'What would happen' })
  expect(within(list).getByText('workspace api of admin')).toBeTruthy()
  expect(within(list).getByText('workspace web of admin')).toBeTruthy()
  expect(meant(fake, 'POST /hosts/host-1/drain')).toEqual([])
  await user.click(dialog.getByRole('button', { name: 'Drain host' }))
  await waitFor(() => expect(meant(fake, 'POST /hosts/host-1/drain')).toHaveLength(1))
  const [call] = meant(fake, 'POST /hosts/host-1/drain')
  expect(call?.headers.get('If-Match')).toBe('"1"')
})

it('a drained host shows how many workspaces have yet to stop', async () => {
  server({ cordoned: true, drained: true, workspaces: { total: 5, unsettled: 2 } })
  show('/hosts/host-1')
  expect(await screen.findByText('2 of 5 workspaces have not stopped yet.')).toBeTruthy()
  expect(screen.getByRole('button', { name: 'Resume' })).toBeTruthy()
  expect(screen.queryByRole('button', { name: 'Drain' })).toBeNull()
})

it('once all have stopped it says that it is out of service', async () => {
  server({ cordoned: true, drained: true, workspaces: { total: 5, unsettled: 0 } })
  show('/hosts/host-1')
  expect(await screen.findByText('Drained')).toBeTruthy()
  expect(screen.getByText('Out of service')).toBeTruthy()
})

it('rotating shows the new token once', async () => {
  const fake = server().on('POST /hosts/host-1/rotate-token', {
    body: {
      id: 'host-1',
      name: 'local',
      host: aHost(),
      enrolmentToken: 'rotated-token',
      enrolmentExpiresAt: '2026-03-01T11:00:00Z',
    },
  })
  const { user, dialog } = await open('Rotate token', 'Rotate the token of host local')
  await user.click(dialog.getByRole('radio', { name: 'Is shut out now' }))
  await user.click(dialog.getByRole('button', { name: 'Rotate token' }))
  expect((await dialog.findByLabelText('Enrolment token')).textContent).toBe('rotated-token')
  expect(fake.to('POST /hosts/host-1/rotate-token').at(0)?.query.get('revoke')).toBe('now')
  await user.click(dialog.getByRole('button', { name: 'Done' }))
  expect(screen.queryByText('rotated-token')).toBeNull()
})

it('only a lost host can be given up, and it says what goes with it', async () => {
  const fake = server({ state: 'lost' }).on('DELETE /hosts/host-1', told('api'))
  const { user, dialog } = await open('Give up', 'Give up host local?')
  expect(await dialog.findByText('workspace api of admin')).toBeTruthy()
  await user.click(dialog.getByRole('button', { name: 'Give up host' }))
  await waitFor(() => expect(meant(fake, 'DELETE /hosts/host-1')).toHaveLength(1))
  expect(meant(fake, 'DELETE /hosts/host-1').at(0)?.query.get('force')).toBe('true')
})

it('an online host is not offered to be given up', async () => {
  server()
  show('/hosts/host-1')
  await screen.findByRole('button', { name: 'Remove' })
  expect(screen.queryByRole('button', { name: 'Give up' })).toBeNull()
})

it('strays are named', async () => {
  server({ strays: { total: 3, names: ['trailer-a', 'trailer-b'], at: '2026-03-01T10:00:00Z' } })
  show('/hosts/host-1')
  const list = await screen.findByRole('list', { name: 'Strays' })
  expect(within(list).getByText('trailer-a')).toBeTruthy()
  expect(screen.getByText('and 1 more')).toBeTruthy()
})

it('what a host keeps of images is shown with what they take', async () => {
  server({
    images: { keptVersions: 3, keptSeconds: 604_800, versions: 5, sizeBytes: 3_221_225_472 },
  })
  show('/hosts/host-1')
  expect(await screen.findByText(/3 newest versions of each, others for 7 days/)).toBeTruthy()
  expect(screen.getByText('5 versions')).toBeTruthy()
  expect(screen.getByText(/At most 3 GiB/)).toBeTruthy()
})
