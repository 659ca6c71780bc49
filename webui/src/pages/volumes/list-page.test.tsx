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
