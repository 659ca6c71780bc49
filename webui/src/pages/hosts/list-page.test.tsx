import { screen, within } from '@testing-library/react'
import { expect, it } from 'vitest'
import { aHost } from '../../testing/examples'
import { listOf, problem } from '../../testing/fake-server'
import { show, signedIn } from '../../testing/show'

const registered = {
  ...aHost({ name: 'workbench', state: 'registered', capability: null, agent: null }),
  enrolmentToken: 'token-shown-once',
  enrolmentExpiresAt: '2026-03-01T11:00:00Z',
}

async function register(name: string) {
  const { user } = show('/hosts')
  await user.click(await screen.findByRole('button', { name: 'Register host' }))
  const dialog = await screen.findByRole('dialog', { name: 'Register host' })
  await user.type(within(dialog).getByRole('textbox', { name: 'Name' }), name)
  await user.click(within(dialog).getByRole('button', { name: 'Register host' }))
  return { user, dialog }
}

it('registering shows the token once, with the command that starts the agent', async () => {
  signedIn().on('POST /hosts', { status: 201, body: registered })
  const { user, dialog } = await register('workbench')
  expect((await within(dialog).findByLabelText('Enrolment token')).textContent).toBe(
    'token-shown-once',
  )
  expect(within(dialog).getByLabelText('Agent command').textContent).toBe(
    './infra/up --mode agent --server http://localhost:8080 --token-file enrolment-token',
  )
  await user.click(within(dialog).getByRole('button', { name: 'Done' }))
  expect(screen.queryByText('token-shown-once')).toBeNull()
})

it('a name in use is told at the field', async () => {
  const errors = [{ pointer: '/name', code: 'name_in_use', message: 'choose another name' }]
  signedIn().on('POST /hosts', problem(409, 'name_in_use', 'Name in use', errors))
  const { dialog } = await register('local')
  expect(await within(dialog).findByText('Choose another name')).toBeTruthy()
})

it('without hosts the page says what to do next', async () => {
  signedIn().on('GET /hosts', listOf())
  show('/hosts')
  expect(await screen.findByRole('heading', { name: 'No hosts yet' })).toBeTruthy()
})
