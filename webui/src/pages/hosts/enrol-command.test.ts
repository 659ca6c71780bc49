import { expect, it } from 'vitest'
import { enrolCommand, saveTokenCommand } from './enrol-command'

it('the agent is started by the front door, with the server and the token file', () => {
  expect(enrolCommand('https://trailer.example.org')).toBe(
    './infra/up --mode agent --server https://trailer.example.org --token-file enrolment-token',
  )
})

it('only its owner can read the token file', () => {
  expect(saveTokenCommand()).toContain('umask 077')
})
