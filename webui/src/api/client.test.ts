import { afterEach, expect, it, vi } from 'vitest'
import { FakeServer, problem } from '../testing/fake-server'
import { answer, api, freshKey, onBehind } from './client'
import { forgetPositions } from './position'
import { ProblemError } from './problem'
import { createWorkspace } from './workspaces'

afterEach(forgetPositions)

const request = { name: 'api', image: 'base', resources: { cpus: 1, memoryBytes: 1, gpus: 0 } }

it('a read after a change asks for the position of the change', async () => {
  const server = new FakeServer()
    .on('POST /workspaces', { status: 201, body: {}, headers: { 'Trailer-Position': '42' } })
    .on('GET /me', { body: {} })
  await createWorkspace(request, freshKey())
  await answer(api.GET('/api/v1/me'))
  expect(server.to('GET /me')[0]?.headers.get('Trailer-Position')).toBe('42')
})

it('a view that is behind is reported', async () => {
  new FakeServer().on('GET /me', { body: {}, headers: { 'Trailer-Behind': 'true' } })
  const heard = vi.fn()
  const off = onBehind(heard)
  await answer(api.GET('/api/v1/me'))
  off()
  expect(heard).toHaveBeenCalledOnce()
})

it('a refusal is thrown with its code and field errors', async () => {
  const errors = [{ pointer: '/name', code: 'name_in_use', message: 'choose another' }]
  new FakeServer().on('POST /workspaces', problem(409, 'name_in_use', 'Name in use', errors))
  await expect(createWorkspace(request, freshKey())).rejects.toMatchObject({
    status: 409,
    code: 'name_in_use',
    errors,
  })
})

it('a server that cannot be reached is a problem like any other', async () => {
  vi.stubGlobal('fetch', async () => {
    throw new TypeError('failed to fetch')
  })
  await expect(answer(api.GET('/api/v1/me'))).rejects.toBeInstanceOf(ProblemError)
})

it('each key is another', () => {
  expect(new Set(Array.from({ length: 100 }, freshKey)).size).toBe(100)
})
