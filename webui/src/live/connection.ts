import type { Fact } from '../api/types'

export type ConnectionState = 'connecting' | 'live' | 'reconnecting'

export interface FactListener {
  fact(fact: Fact): void
  /** What was read before may be anything: read all of it again. */
  reset(): void
  state(state: ConnectionState): void
}

/** The part of `EventSource` that is used, so that tests can script one. */
export interface Source {
  addEventListener(type: string, listener: (event: MessageEvent<string>) => void): void
  close(): void
}

export type OpenSource = (after: number) => Source

export const openStream: OpenSource = (after) =>
  new EventSource(`/api/v1/stream?after=${after}`) as unknown as Source

/** First wait before dialling again; doubles up to the longest, which a person still sits out. */
const FIRST_WAIT_MILLIS = 500
const LONGEST_WAIT_MILLIS = 10_000

/**
 * One stream from the server that goes on after every cut right behind the last fact it delivered:
 * nothing missed, nothing twice. Dials again itself, because a browser gives up for good after an
 * error answer (a restarting server behind a proxy).
 */
export class Connection {
  #source: Source | null = null
  #timer: ReturnType<typeof setTimeout> | null = null
  #attempt = 0
  #last: number
  readonly #listener: FactListener
  readonly #open: OpenSource

  constructor(after: number, listener: FactListener, open: OpenSource = openStream) {
    this.#last = after
    this.#listener = listener
    this.#open = open
    this.#dial()
  }

  close(): void {
    this.#source?.close()
    this.#source = null
    if (this.#timer !== null) clearTimeout(this.#timer)
    this.#timer = null
  }

  #dial(): void {
    const source = this.#open(this.#last)
    this.#source = source
    source.addEventListener('open', () => {
      this.#attempt = 0
      this.#listener.state('live')
    })
    source.addEventListener('fact', (event) => {
      const fact = JSON.parse(event.data) as Fact
      if (fact.position <= this.#last) return
      this.#last = fact.position
      this.#listener.fact(fact)
    })
    source.addEventListener('reset', (event) => {
      // The stream goes on from the position the reset carries, which may be a lower one.
      const position = Number(event.lastEventId)
      this.#last = event.lastEventId !== '' && Number.isSafeInteger(position) ? position : 0
      this.#listener.reset()
    })
    source.addEventListener('error', () => this.#redial())
  }

  #redial(): void {
    this.close()
    this.#listener.state('reconnecting')
    const wait = Math.min(FIRST_WAIT_MILLIS * 2 ** this.#attempt, LONGEST_WAIT_MILLIS)
    this.#attempt += 1
    this.#timer = setTimeout(() => this.#dial(), wait)
  }
}
