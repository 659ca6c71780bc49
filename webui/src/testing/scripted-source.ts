import type { Source } from '../live/connection'

/** An event source whose events the test says itself. */
export class ScriptedSource implements Source {
  closed = false
  readonly url: string
  readonly #listeners = new Map<string, ((event: MessageEvent<string>) => void)[]>()

  constructor(url = '') {
    this.url = url
  }

  addEventListener(type: string, listener: (event: MessageEvent<string>) => void): void {
    this.#listeners.set(type, [...(this.#listeners.get(type) ?? []), listener])
  }

  close(): void {
    this.closed = true
  }

  say(type: string, data: unknown = null, lastEventId = ''): void {
    this.sayText(type, JSON.stringify(data), lastEventId)
  }

  /** As it is sent, not as JSON. */
  sayText(type: string, data: string, lastEventId = ''): void {
    const event = { data, lastEventId } as MessageEvent<string>
    for (const listener of this.#listeners.get(type) ?? []) listener(event)
  }
}
