import { screen, waitFor } from '@testing-library/react'
import { expect, it } from 'vitest'
import { aWorkspace } from '../../testing/examples'
import { problem } from '../../testing/fake-server'
import { show, signedIn } from '../../testing/show'

const at = '/workspaces/workspace-1'

it('only what changed is sent, for the generation that was seen', async () => {
  const server = signedIn()
    .on(`GET ${at}`, { body: aWorkspace() })
    .on(`PATCH ${at}`, { body: aWorkspace({ generation: 3 }) })
  const { user } = show(`${at}/edit`)
  const cpus = await screen.findByLabelText(/^CPUs/)
  await user.clear(cpus)
  await user.type(cpus, '4')
  await user.click(screen.getByRole('button', { name: 'Save changes' }))
  await waitFor(() => expect(server.to(`PATCH ${at}`)).toHaveLength(1))
  const [call] = server.to(`PATCH ${at}`)
  expect(call?.body).toEqual({ resources: { cpus: 4 } })
  expect(call?.headers.get('If-Match')).toBe('"2"')
  expect(call?.headers.get('Content-Type')).toBe('application/merge-patch+json')
})

it('a workspace that changed meanwhile is not overwritten, and can be loaded anew', async () => {
  const server = signedIn()
    .on(`GET ${at}`, { body: aWorkspace() })
    .on(`PATCH ${at}`, problem(412, 'stale', 'Changed meanwhile'))
  const { user } = show(`${at}/edit`)
  const cpus = await screen.findByLabelText(/^CPUs/)
  await user.clear(cpus)
  await user.type(cpus, '4')
  const current = aWorkspace({
    generation: 7,
    resources: { cpus: 3, memoryBytes: 1_073_741_824, gpus: 0 },
  })
  server.on(`GET ${at}`, { body: current })
  await user.click(screen.getByRole('button', { name: 'Save changes' }))
  await user.click(await screen.findByRole('button', { name: 'Load the current version' }))
  await waitFor(() => expect(screen.getByLabelText(/^CPUs/)).toHaveProperty('value', '3'))
})
