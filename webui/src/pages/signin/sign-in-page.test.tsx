import { screen, waitFor } from '@testing-library/react'
import { expect, it } from 'vitest'
import { FakeServer, problem } from '../../testing/fake-server'
import { show, signedIn } from '../../testing/show'

const nobody = problem(401, 'unauthenticated', 'Not signed in')

it('a link signs in, leads to the dashboard and leaves no token in the address', async () => {
  const server = signedIn().on('POST /session', { status: 204 })
  show('/sign-in#one-time-token')
  expect(await screen.findByRole('heading', { name: 'Dashboard' })).toBeTruthy()
  expect(server.to('POST /session')[0]?.body).toEqual({ link: 'one-time-token' })
  expect(globalThis.location.href).not.toContain('one-time-token')
})

it('without a link the page says where to find one', async () => {
  new FakeServer().on('GET /me', nobody)
  show('/sign-in')
  expect(await screen.findByText('./infra/up')).toBeTruthy()
})

it('whoever is not signed in is led to the sign-in page', async () => {
  new FakeServer().on('GET /me', nobody)
  const { router } = show('/workspaces')
  expect(await screen.findByRole('heading', { name: 'Sign in' })).toBeTruthy()
  expect(router.state.location.pathname).toBe('/sign-in')
})

it('a used-up link is told in the server’s words', async () => {
  new FakeServer()
    .on('POST /session', problem(401, 'sign_in_failed', 'Sign-in failed'))
    .on('GET /me', nobody)
  show('/sign-in#old')
  await waitFor(() => expect(screen.getByRole('alert').textContent).toContain('Sign-in failed'))
})

it('a browser that drops the secure cookie is told so, and how to get TLS', async () => {
  new FakeServer().on('POST /session', { status: 204 }).on('GET /me', nobody)
  show('/sign-in#good')
  expect(await screen.findByText('Your browser dropped the session')).toBeTruthy()
  expect(screen.getByText(/ssh -L 8080:localhost:8080/)).toBeTruthy()
})
