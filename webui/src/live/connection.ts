import type { Fact } from '../api/types'

export type ConnectionState = 'connecting' | 'live' | 'reconnecting'

export interface FactListener {
  /** The id is where to go on behind it: it knows the timeline, a position alone does not. */
  fact(fact: Fact, id: string): void
  /** What was read before may be anything: read all of it again. Facts go on behind that place. */
  reset(place: Place): void
  state(state: ConnectionState): void
}

/** The part of `EventSource` that is used, so that tests can script one. */
export interface Source {
  addEventListener(type: string, listener: (event: MessageEvent<string>) => void): void
  close(): void
}

/** Where a tab is in the stream: the position of the last fact, and the id to go on behind. */
export interface Place {
  position: number
  id: string
}

/** Before the first fact the position will do: it was read from the timeline that there is now. */
export const placeAt = (position: number): Place => ({ position, id: String(position) })

/** An id is a position and a mark of the timeline: `4711-9f86d081`. */
const placeOf = (id: string): Place => ({ position: Number.parseInt(id, 10) || 0, id: id || '0' })

export type OpenSource = (after: string) => Source

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
  /** What the server said how long to wait, before it ended the stream. */
  #advised: number | null = null
  #last: Place
  readonly #listener: FactListener
  readonly #open: OpenSource

  constructor(after: Place, listener: FactListener, open: OpenSource = openStream) {
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
    const source = this.#open(this.#last.id)
    this.#source = source
    source.addEventListener('open', () => {
      this.#attempt = 0
      this.#listener.state('live')
    })
    source.addEventListener('fact', (event) => {
      const fact = JSON.parse(event.data) as Fact
      if (fact.position <= this.#last.position) return
      this.#last = { position: fact.position, id: event.lastEventId || String(fact.position) }
      this.#listener.fact(fact, this.#last.id)
    })
    source.addEventListener('reset', (event) => {
      // The stream goes on from the place the reset carries, which may be a lower one.
      this.#last = placeOf(event.lastEventId)
      this.#listener.reset(this.#last)
    })
    source.addEventListener('end', (event) => {
      const { retryMillis } = JSON.parse(event.data) as { retryMillis?: number }
      this.#advised = retryMillis ?? null
    })
    source.addEventListener('error', () => this.#redial())
  }

  #redial(): void {
    this.close()
    this.#listener.state('reconnecting')
    const wait =
      this.#advised ?? Math.min(FIRST_WAIT_MILLIS * 2 ** this.#attempt, LONGEST_WAIT_MILLIS)
    this.#advised = null
    this.#attempt += 1
    this.#timer = setTimeout(() => this.#dial(), wait)
  }
}
