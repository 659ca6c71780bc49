import { screen, waitFor } from '@testing-library/react'
import { expect, it } from 'vitest'
import { anImage } from '../../testing/examples'
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

it('a retired image can neither be revised nor built', async () => {
  signedIn().on('GET /images/image-1', { body: anImage({ state: 'retired' }) })
  show('/images/image-1')
  expect(await screen.findByText('Retired')).toBeTruthy()
  expect(screen.queryByRole('button', { name: 'Build now' })).toBeNull()
})
