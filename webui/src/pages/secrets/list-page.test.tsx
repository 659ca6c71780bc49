import { screen, waitFor, within } from '@testing-library/react'
import { expect, it } from 'vitest'
import { aSecret } from '../../testing/examples'
import { listOf, problem } from '../../testing/fake-server'
import { show, signedIn } from '../../testing/show'

it('a secret is created with a name and a value', async () => {
  const server = signedIn()
    .on('GET /secrets', listOf(aSecret()))
    .on('POST /secrets', { status: 201, body: aSecret() })
  const { user } = show('/secrets')
  await user.click(await screen.findByRole('button', { name: 'Create secret' }))
  const dialog = await screen.findByRole('dialog', { name: 'Create secret' })
  await user.type(within(dialog).getByRole('textbox', { name: 'Name' }), 'github-token')
  await user.type(within(dialog).getByRole('textbox', { name: 'Value' }), 'hidden')
  await user.click(within(dialog).getByRole('button', { name: 'Create secret' }))
  await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull())
  expect(server.to('POST /secrets')[0]?.body).toEqual({ name: 'github-token', value: 'hidden' })
  expect(screen.queryByText('hidden')).toBeNull()
})

it('a refusal is told at its field, and what was typed stays', async () => {
  const errors = [{ pointer: '/name', code: 'name_in_use', message: 'choose another name' }]
  signedIn()
    .on('GET /secrets', listOf(aSecret()))
    .on('POST /secrets', problem(409, 'name_in_use', 'Name in use', errors))
  const { user } = show('/secrets')
  await user.click(await screen.findByRole('button', { name: 'Create secret' }))
  const dialog = await screen.findByRole('dialog', { name: 'Create secret' })
  const name = within(dialog).getByRole('textbox', { name: 'Name' })
  await user.type(name, 'taken')
  await user.type(within(dialog).getByRole('textbox', { name: 'Value' }), 'hidden')
  await user.click(within(dialog).getByRole('button', { name: 'Create secret' }))
  await waitFor(() => expect(name.getAttribute('aria-invalid')).toBe('true'))
  expect(within(dialog).getByText('Choose another name')).toBeTruthy()
})

it('the list tells who uses a secret and when it was fetched last', async () => {
  signedIn().on(
    'GET /secrets',
    listOf(aSecret({ usedBy: [{ workspaceId: 'workspace-1', workspaceName: 'api' }] })),
  )
  show('/secrets')
  const row = await screen.findByRole('row', { name: 'github-token' })
  expect(within(row).getByRole('link', { name: 'api' })).toBeTruthy()
  expect(within(row).getByText('Never')).toBeTruthy()
})

it('a new value replaces the one before', async () => {
  const server = signedIn()
    .on('GET /secrets', listOf(aSecret()))
    .on('POST /secrets/secret-1/versions', { body: aSecret({ version: 2 }) })
  const { user } = show('/secrets')
  await user.click(await screen.findByRole('button', { name: 'New value for github-token' }))
  const dialog = await screen.findByRole('dialog', { name: 'New value for github-token' })
  await user.type(within(dialog).getByRole('textbox', { name: 'Value' }), 'fresh')
  await user.click(within(dialog).getByRole('button', { name: 'Save new value' }))
  await waitFor(() =>
    expect(server.to('POST /secrets/secret-1/versions')[0]?.body).toEqual({ value: 'fresh' }),
  )
})

it('before it is deleted it says whom that stops', async () => {
  const server = signedIn()
    .on(
      'GET /secrets',
      listOf(aSecret({ usedBy: [{ workspaceId: 'workspace-1', workspaceName: 'api' }] })),
    )
    .on('DELETE /secrets/secret-1', { body: aSecret() })
  const { user } = show('/secrets')
  await user.click(await screen.findByRole('button', { name: 'Delete github-token' }))
  const dialog = await screen.findByRole('dialog', { name: 'Delete secret github-token?' })
  expect(dialog.textContent).toContain('api cannot start again')
  await user.click(within(dialog).getByRole('button', { name: 'Delete secret' }))
  await waitFor(() => expect(server.to('DELETE /secrets/secret-1')).toHaveLength(1))
})

it('without secrets the page says what they are for', async () => {
  signedIn().on('GET /secrets', listOf())
  show('/secrets')
  expect(await screen.findByRole('heading', { name: 'No secrets yet' })).toBeTruthy()
})
