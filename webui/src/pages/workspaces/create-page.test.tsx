import { screen, waitFor, within } from '@testing-library/react'
import { expect, it } from 'vitest'
import { aHost, aSecret, aVolume, aWorkspace } from '../../testing/examples'
import { listOf, problem } from '../../testing/fake-server'
import { show, signedIn } from '../../testing/show'

it('a workspace is created with what the form says, and its page opens', async () => {
  const server = signedIn()
    .on('POST /workspaces', { status: 201, body: aWorkspace() })
    .on('GET /workspaces/workspace-1', { body: aWorkspace() })
  const { user } = show('/workspaces/new')
  await user.type(await screen.findByLabelText(/^Name/), 'api')
  await user.click(screen.getByRole('button', { name: 'Create workspace' }))
  expect(await screen.findByRole('heading', { name: 'api', level: 1 })).toBeTruthy()
  const [call] = server.to('POST /workspaces')
  expect(call?.body).toMatchObject({
    name: 'api',
    image: 'base',
    resources: { cpus: 1, memoryBytes: 1_073_741_824, gpus: 0 },
    volumes: [{ name: 'home', mountPath: '/home/dev' }],
    host: null,
    desired: 'running',
    autoStop: null,
  })
  expect(call?.headers.get('Idempotency-Key')).toMatch(/^[\da-f]{8}-[\da-f]{4}-4/)
})

it('GPUs can be asked for where a host has any', async () => {
  const { capability } = aHost()
  const server = signedIn()
    .on('GET /hosts', listOf(aHost({ capability: capability && { ...capability, gpus: 2 } })))
    .on('POST /workspaces', { status: 201, body: aWorkspace() })
  const { user } = show('/workspaces/new')
  await user.type(await screen.findByLabelText(/^Name/), 'api')
  const gpus = await screen.findByLabelText('GPUs')
  expect(screen.getByText('A host has at most 2')).toBeTruthy()
  await user.clear(gpus)
  await user.type(gpus, '1')
  await user.click(screen.getByRole('button', { name: 'Create workspace' }))
  await waitFor(() => expect(server.to('POST /workspaces')).toHaveLength(1))
  expect(server.to('POST /workspaces')[0]?.body).toMatchObject({ resources: { gpus: 1 } })
})

it('GPUs are not asked about where no host has any', async () => {
  signedIn()
  show('/workspaces/new')
  await screen.findByLabelText(/^Name/)
  expect(screen.queryByLabelText('GPUs')).toBeNull()
})

it('what the server says about a field is shown at that field', async () => {
  signedIn().on(
    'POST /workspaces',
    problem(409, 'name_in_use', 'Name in use', [
      { pointer: '/name', code: 'name_in_use', message: 'choose another name' },
    ]),
  )
  const { user } = show('/workspaces/new')
  const name = await screen.findByLabelText(/^Name/)
  await user.type(name, 'api')
  await user.click(screen.getByRole('button', { name: 'Create workspace' }))
  await waitFor(() => expect(name.getAttribute('aria-invalid')).toBe('true'))
  expect(screen.getByText('Choose another name')).toBeTruthy()
  expect(screen.getByRole('alert').textContent).toContain('Name in use')
})

it('a kept volume can be taken', async () => {
  const server = signedIn()
    .on('GET /volumes', listOf(aVolume()))
    .on('POST /workspaces', { status: 201, body: aWorkspace() })
  const { user } = show('/workspaces/new')
  await user.type(await screen.findByLabelText(/^Name/), 'api')
  const volume = screen.getByRole('group', { name: 'Volume 1' })
  await user.click(within(volume).getByRole('combobox', { name: 'Volume source' }))
  await user.click(await screen.findByRole('option', { name: 'Kept: home on local' }))
  await user.click(screen.getByRole('button', { name: 'Create workspace' }))
  await waitFor(() => expect(server.to('POST /workspaces')).toHaveLength(1))
  expect(server.to('POST /workspaces')[0]?.body).toMatchObject({
    volumes: [{ name: 'home', mountPath: '/home/dev', volume: 'volume-1' }],
  })
})

it('a name the server would refuse is not sent', async () => {
  const server = signedIn()
  const { user } = show('/workspaces/new')
  await user.type(await screen.findByLabelText(/^Name/), 'No Good')
  await user.click(screen.getByRole('button', { name: 'Create workspace' }))
  expect(await screen.findByText(/Small letters, digits and single dashes/)).toBeTruthy()
  expect(server.to('POST /workspaces')).toHaveLength(0)
})

it('a secret is picked as a file, and a repository is asked for', async () => {
  const server = signedIn()
    .on('GET /secrets', listOf(aSecret()))
    .on('POST /workspaces', { status: 201, body: aWorkspace() })
  const { user } = show('/workspaces/new')
  await user.type(await screen.findByLabelText(/^Name/), 'api')
  await user.click(screen.getByRole('button', { name: 'Add secret' }))
  const secret = screen.getByRole('group', { name: 'Secret 1' })
  await user.click(within(secret).getByRole('combobox', { name: 'Secret name' }))
  await user.click(await screen.findByRole('option', { name: 'github-token' }))
  await user.type(screen.getByRole('textbox', { name: 'Repository URL' }), 'https://git.example/a')
  await user.click(screen.getByRole('button', { name: 'Create workspace' }))
  await waitFor(() => expect(server.to('POST /workspaces')).toHaveLength(1))
  expect(server.to('POST /workspaces')[0]?.body).toMatchObject({
    secrets: ['github-token'],
    secretEnv: {},
    git: { url: 'https://git.example/a', ref: null, secret: null },
  })
})
