import { screen, waitFor, within } from '@testing-library/react'
import { expect, it } from 'vitest'
import type { Image } from '../../api/types'
import { aBuild, anImage } from '../../testing/examples'
import { show, signedIn } from '../../testing/show'

it('a build is asked for on the host one names', async () => {
  const server = signedIn()
    .on('GET /images/image-1', { body: anImage() })
    .on('POST /images/image-1/builds', { status: 202, body: anImage() })
  const { user } = show('/images/image-1')
  await user.click(await screen.findByRole('button', { name: 'Build now' }))
  await user.click(await screen.findByRole('menuitem', { name: 'On local' }))
  await waitFor(() => expect(server.to('POST /images/image-1/builds')).toHaveLength(1))
  expect(server.to('POST /images/image-1/builds')[0]?.body).toEqual({ host: 'local' })
})

it('a build that goes on shows its log as it grows, and can be cancelled', async () => {
  const server = signedIn()
    .on('GET /images/image-1', { body: anImage({ builds: [aBuild({ state: 'building' })] }) })
    .on('POST /images/image-1/builds/4/cancel', { body: anImage() })
  const { user, streams } = show('/images/image-1')
  await screen.findByRole('region', { name: 'Log of build 4' })
  const log = streams.find((each) => each.url.endsWith('/builds/4/log'))
  log?.sayText('part', 'base:1')
  log?.sayText('message', 'Step 1/7 : FROM scratch')
  const shown = await screen.findByRole('log', { name: 'Log of build 4' })
  await waitFor(() => expect(shown.textContent).toContain('Step 1/7'))
  await user.click(screen.getByRole('button', { name: 'Cancel build 4' }))
  await waitFor(() => expect(server.to('POST /images/image-1/builds/4/cancel')).toHaveLength(1))
})

it('a build that has ended shows how long it took, what came of it, and its log on demand', async () => {
  signedIn().on('GET /images/image-1', { body: anImage({ builds: [aBuild()] }) })
  const { user, streams } = show('/images/image-1')
  expect(await screen.findByText('12 s')).toBeTruthy()
  expect(screen.getByText('229 MiB')).toBeTruthy()
  expect(screen.queryByRole('button', { name: 'Cancel build 4' })).toBeNull()
  await user.click(screen.getByRole('button', { name: 'Show log of build 4' }))
  await waitFor(() => expect(streams.some((each) => each.url.endsWith('/4/log'))).toBe(true))
})

it('a build may be asked for without cache', async () => {
  const server = signedIn()
    .on('GET /images/image-1', { body: anImage() })
    .on('POST /images/image-1/builds', { status: 202, body: anImage() })
  const { user } = show('/images/image-1')
  await user.click(await screen.findByRole('button', { name: 'Build now' }))
  await user.click(await screen.findByRole('checkbox', { name: 'Each step anew, without cache' }))
  await user.click(screen.getByRole('menuitem', { name: 'On a host chosen for me' }))
  await waitFor(() => expect(server.to('POST /images/image-1/builds')).toHaveLength(1))
  expect(server.to('POST /images/image-1/builds')[0]?.body).toEqual({ noCache: true })
})

it('where versions are is shown with their size and why they stay', async () => {
  const version = { version: 1, host: 'local', hostId: 'host-1', sizeBytes: 240_000_000 }
  const held: Image['held'] = [
    { ...version, version: 2, standing: 'in-use', goesAt: null },
    { ...version, standing: 'going', goesAt: '2026-03-08T10:00:00Z' },
  ]
  signedIn().on('GET /images/image-1', { body: anImage({ held }) })
  show('/images/image-1')
  const table = within(await screen.findByRole('table', { name: 'Versions on hosts' }))
  expect(table.getByText('A container uses it')).toBeTruthy()
  expect(table.getByText(/Nothing needs it; goes/).querySelector('time')?.dateTime).toBe(
    '2026-03-08T10:00:00Z',
  )
  expect(table.getAllByText('229 MiB')).toHaveLength(2)
})

it('a retired image can neither be revised nor built', async () => {
  signedIn().on('GET /images/image-1', { body: anImage({ state: 'retired' }) })
  show('/images/image-1')
  expect(await screen.findByText('Retired')).toBeTruthy()
  expect(screen.queryByRole('button', { name: 'Build now' })).toBeNull()
})
