import { screen, waitFor, within } from '@testing-library/react'
import { expect, it } from 'vitest'
import { aVolume } from '../../testing/examples'
import { listOf } from '../../testing/fake-server'
import { show, signedIn } from '../../testing/show'

it('a kept volume is deleted once one has confirmed it', async () => {
  const server = signedIn()
    .on('GET /volumes', listOf(aVolume()))
    .on('DELETE /volumes/volume-1', { status: 202 })
  const { user } = show('/volumes')
  await user.click(await screen.findByRole('button', { name: 'Delete home' }))
  expect(server.to('DELETE /volumes/volume-1')).toHaveLength(0)
  const dialog = await screen.findByRole('dialog', { name: 'Delete volume home?' })
  await user.click(within(dialog).getByRole('button', { name: 'Delete volume' }))
  await waitFor(() => expect(server.to('DELETE /volumes/volume-1')).toHaveLength(1))
})

it('shows what a volume takes, where its host has measured it', async () => {
  signedIn().on(
    'GET /volumes',
    listOf(aVolume(), aVolume({ id: 'volume-2', name: 'new', sizeBytes: null, measuredAt: null })),
  )
  show('/volumes')
  const measured = await screen.findByRole('row', { name: 'home' })
  expect(within(measured).getByText('5 GiB')).toBeTruthy()
  const fresh = screen.getByRole('row', { name: 'new' })
  expect(within(fresh).getByText('Not measured')).toBeTruthy()
})

it('a volume in use cannot be deleted, and says why', async () => {
  signedIn().on('GET /volumes', listOf(aVolume({ state: 'in-use', workspaceId: 'workspace-1' })))
  show('/volumes')
  const button = await screen.findByRole('button', { name: 'Delete home' })
  expect(button.getAttribute('aria-disabled')).toBe('true')
  expect(button.title).toContain('in use')
})

it('a volume is taken along by a link, unless it is not whole', async () => {
  signedIn().on(
    'GET /volumes',
    listOf(aVolume(), aVolume({ id: 'volume-2', name: 'torn', contents: 'incomplete' })),
  )
  show('/volumes')
  const link = await screen.findByRole('link', { name: 'Download home' })
  expect(link.getAttribute('href')).toBe('/api/v1/volumes/volume-1/archive')
  const torn = screen.getByRole('button', { name: 'Download torn' })
  expect(torn.getAttribute('aria-disabled')).toBe('true')
  expect(torn.title).toContain('broke off')
  expect(screen.getByText('Incomplete')).toBeTruthy()
})

it('a clone is asked for by its name', async () => {
  const server = signedIn()
    .on('GET /volumes', listOf(aVolume()))
    .on('POST /volumes/volume-1/clone', { status: 201, body: aVolume({ contents: 'copying' }) })
  const { user } = show('/volumes')
  await user.click(await screen.findByRole('button', { name: 'Clone home' }))
  const name = await screen.findByRole('textbox', { name: 'Name' })
  await user.clear(name)
  await user.type(name, 'spare')
  await user.click(screen.getByRole('button', { name: 'Clone volume' }))
  await waitFor(() => expect(server.to('POST /volumes/volume-1/clone')).toHaveLength(1))
  expect(server.to('POST /volumes/volume-1/clone')[0]?.body).toEqual({ name: 'spare' })
})

it('a file is restored into a kept volume', async () => {
  const server = signedIn()
    .on('GET /volumes', listOf(aVolume()))
    .on('PUT /volumes/volume-1/archive', { body: aVolume() })
  const { user } = show('/volumes')
  await user.click(await screen.findByRole('button', { name: 'Restore into home' }))
  const dialog = await screen.findByRole('dialog', { name: 'Restore into volume home?' })
  const input = dialog.ownerDocument.querySelector('input[type="file"]') as HTMLInputElement
  await user.upload(input, new File(['1'], 'home.tar', { type: 'application/x-tar' }))
  await user.click(within(dialog).getByRole('button', { name: 'Restore' }))
  await waitFor(() => expect(server.to('PUT /volumes/volume-1/archive')).toHaveLength(1))
})
