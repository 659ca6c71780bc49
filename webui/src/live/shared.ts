import type { Fact } from '../api/types'
import { Connection, openStream, placeAt } from './connection'
import type { ConnectionState, FactListener, OpenSource, Place } from './connection'

/**
 * One stream for all tabs of a browser. HTTP/1.1 browsers allow six connections to a site, and a
 * stream holds one for good; with a stream per tab the seventh tab would load nothing.
 *
 * The tab that holds the Web Lock is the leader: it dials, and passes on what it hears over a
 * BroadcastChannel. When it goes, the browser gives the lock to another tab, which goes on behind
 * the last fact it was told. Where a browser has neither, each tab dials for itself.
 */
export const SHARED_NAME = 'trailer-stream'

/** A tab that comes to the front and hears nothing for this long takes the lead itself. */
const ANSWER_WITHIN_MILLIS = 3_000

type Message =
  | { kind: 'fact'; fact: Fact; id: string }
  | { kind: 'reset'; place: Place }
  | { kind: 'hello' }
  | { kind: 'state'; state: ConnectionState; last: Place }

export interface Channel {
  postMessage(message: unknown): void
  addEventListener(type: 'message', listener: (event: MessageEvent) => void): void
  close(): void
}

export type Locks = Pick<LockManager, 'request'>

export interface Surroundings {
  open: OpenSource
  channel: Channel | null
  locks: Locks | null
}

export function browserSurroundings(): Surroundings {
  const able = 'BroadcastChannel' in globalThis && navigator.locks !== undefined
  return {
    open: openStream,
    channel: able ? new BroadcastChannel(SHARED_NAME) : null,
    locks: able ? navigator.locks : null,
  }
}

export interface SharedListener extends FactListener {
  /** Facts went by that this tab did not hear: read again, positions stay valid. */
  missed(): void
}

export class SharedStream {
  #last: Place
  #state: ConnectionState = 'connecting'
  #connection: Connection | null = null
  #release: (() => void) | null = null
  #waiting: AbortController | null = null
  #answerTimer: ReturnType<typeof setTimeout> | null = null
  #closed = false
  readonly #listener: SharedListener
  readonly #around: Surroundings

  constructor(after: number, listener: SharedListener, around = browserSurroundings()) {
    this.#last = placeAt(after)
    this.#listener = listener
    this.#around = around
    if (around.channel === null || around.locks === null) {
      this.#lead()
      return
    }
    around.channel.addEventListener('message', (event) => this.#hear(event.data as Message))
    this.#say({ kind: 'hello' })
    this.#apply(false)
  }

  get leads(): boolean {
    return this.#connection !== null
  }

  /** Asks whether somebody leads. Called when the tab comes to the front. */
  wake(): void {
    if (this.leads || this.#closed || this.#answerTimer !== null) return
    this.#say({ kind: 'hello' })
    this.#answerTimer = setTimeout(() => {
      this.#answerTimer = null
      this.#listener.missed()
      this.#apply(true)
    }, ANSWER_WITHIN_MILLIS)
  }

  close(): void {
    this.#closed = true
    this.#stopLeading()
    this.#waiting?.abort()
    this.#clearAnswerTimer()
    this.#around.channel?.close()
  }

  /** Applies for the lead: waits in the browser's queue, or takes it over from a tab gone silent. */
  #apply(takeOver: boolean): void {
    const { locks } = this.#around
    if (locks === null) return
    this.#waiting?.abort()
    const waiting = new AbortController()
    this.#waiting = waiting
    // The browser refuses a signal together with `steal`.
    const options = takeOver ? { steal: true } : { signal: waiting.signal }
    const holding = locks.request(SHARED_NAME, options, () => {
      if (this.#closed) return
      this.#lead()
      return new Promise<void>((resolve) => {
        this.#release = resolve
      })
    })
    holding.catch(() => {
      // Aborted because we close or apply anew, or the lead was taken over: then queue again.
      const wasLeading = this.leads
      this.#stopLeading()
      if (wasLeading && !this.#closed) this.#apply(false)
    })
  }

  #lead(): void {
    this.#clearAnswerTimer()
    const listener: FactListener = {
      fact: (fact, id) => {
        this.#say({ kind: 'fact', fact, id })
        this.#pass(fact, id)
      },
      reset: (place) => {
        this.#say({ kind: 'reset', place })
        this.#reset(place)
      },
      state: (state) => {
        this.#enter(state)
        this.#say({ kind: 'state', state, last: this.#last })
      },
    }
    this.#connection = new Connection(this.#last, listener, this.#around.open)
  }

  #stopLeading(): void {
    this.#connection?.close()
    this.#connection = null
    this.#release?.()
    this.#release = null
  }

  #hear(message: Message): void {
    if (this.#closed) return
    if (message.kind === 'hello') {
      if (this.leads) this.#say({ kind: 'state', state: this.#state, last: this.#last })
      return
    }
    if (this.leads) return
    this.#clearAnswerTimer()
    if (message.kind === 'fact') this.#pass(message.fact, message.id)
    if (message.kind === 'reset') this.#reset(message.place)
    if (message.kind === 'state') {
      this.#enter(message.state)
      if (message.last.position > this.#last.position) {
        this.#last = message.last
        this.#listener.missed()
      }
    }
  }

  #pass(fact: Fact, id: string): void {
    if (fact.position <= this.#last.position) return
    this.#last = { position: fact.position, id }
    this.#listener.fact(fact, id)
  }

  #reset(place: Place): void {
    this.#last = place
    this.#listener.reset(place)
  }

  #enter(state: ConnectionState): void {
    this.#state = state
    this.#listener.state(state)
  }

  #say(message: Message): void {
    this.#around.channel?.postMessage(message)
  }

  #clearAnswerTimer(): void {
    if (this.#answerTimer !== null) clearTimeout(this.#answerTimer)
    this.#answerTimer = null
  }
}
