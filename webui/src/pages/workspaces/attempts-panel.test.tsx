import { screen, waitFor } from '@testing-library/react'
import { expect, it } from 'vitest'
import { anAttempt, aStep, aWorkspace } from '../../testing/examples'
import { listOf } from '../../testing/fake-server'
import { show, signedIn } from '../../testing/show'

const at = '/workspaces/workspace-1'

it('while it starts one sees what is being done, how far it is, and for how long', async () => {
  const building = anAttempt({
    image: 'api:2',
    state: 'working',
    endedAt: null,
    steps: [
      aStep({
        step: 'build-image',
        state: 'working',
        durationMillis: 12_000,
        progress: { done: 3, of: 7, what: 'RUN make' },
      }),
    ],
  })
  signedIn()
    .on(`GET ${at}`, { body: aWorkspace({ observed: { phase: 'preparing' } }) })
    .on(`GET ${at}/attempts`, listOf(building))
  show(at)
  expect(await screen.findByText('Image api:2')).toBeTruthy()
  expect(screen.getByText(/Building the image…/)).toBeTruthy()
  expect(screen.getByText('12 s')).toBeTruthy()
  expect(screen.getByText('3 of 7: RUN make')).toBeTruthy()
})

it('what failed is shown with its last lines, and the whole log on demand', async () => {
  const failed = anAttempt({
    state: 'failed',
    hasOutput: true,
    steps: [aStep({ state: 'failed', error: 'no space left', tail: ['almost done'] })],
  })
  signedIn()
    .on(`GET ${at}`, { body: aWorkspace({ observed: { phase: 'failed' } }) })
    .on(`GET ${at}/attempts`, listOf(failed))
  const { user, streams } = show(at)
  expect(await screen.findByText('no space left')).toBeTruthy()
  expect(screen.getByText('almost done')).toBeTruthy()
  await user.click(screen.getByRole('button', { name: 'Show the log' }))
  const log = await waitFor(() => {
    const found = streams.find((each) => each.url.endsWith('/attempts/attempt-1/log'))
    if (!found) throw new Error('the log is not followed')
    return found
  })
  log.sayText('message', 'one\ntwo')
  log.sayText('end', '')
  await waitFor(() => expect(screen.getByRole('log').textContent).toContain('one\ntwo'))
  expect(await screen.findByText('There is no more.')).toBeTruthy()
  expect(log.closed).toBe(true)
})
