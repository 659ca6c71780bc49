import { render } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { vi } from 'vitest'
import { App, createApp } from '../app/app'
import { aHost, anImage } from './examples'
import { FakeServer, listOf } from './fake-server'
import { ScriptedSource } from './scripted-source'

/** The server of someone who is signed in, with one host and one image. */
export const signedIn = (): FakeServer =>
  new FakeServer()
    .on('GET /me', { body: { id: 'account-1', handle: 'admin', role: 'admin' } })
    .on('GET /events', listOf())
    .on('GET /workspaces', listOf())
    .on('GET /images', listOf(anImage()))
    .on('GET /hosts', listOf(aHost()))
    .on('GET /volumes', listOf())

/** The whole client at an address, with a stream the test speaks on. */
export function show(path: string) {
  globalThis.history.replaceState(null, '', path)
  const streams: ScriptedSource[] = []
  vi.stubGlobal('EventSource', function EventSource(url: string) {
    const source = new ScriptedSource(url)
    streams.push(source)
    return source
  })
  const app = createApp()
  render(<App {...app} />)
  return { ...app, streams, user: userEvent.setup() }
}
