import type { Channel, Locks, Surroundings } from '../live/shared'
import { ScriptedSource } from './scripted-source'

interface Waiting {
  grant: () => void
  reject: (reason: unknown) => void
}

/** Several tabs in one: a channel between them, one lock, and the streams they dialled. */
export class FakeBrowser {
  readonly sources: { after: string; source: ScriptedSource }[] = []
  readonly #ears = new Map<Channel, (event: MessageEvent) => void>()
  #holder: Waiting | null = null
  #queue: Waiting[] = []

  /** A mute tab neither hears nor answers: a frozen one. */
  tab({ mute = false } = {}): Surroundings {
    const channel: Channel = {
      addEventListener: (_type, listener) => {
        if (!mute) this.#ears.set(channel, listener)
      },
      postMessage: (message) => {
        if (mute) return
        for (const [other, hear] of this.#ears) {
          if (other !== channel) hear({ data: message } as MessageEvent)
        }
      },
      close: () => this.#ears.delete(channel),
    }
    const open = (after: string) => {
      const source = new ScriptedSource()
      this.sources.push({ after, source })
      return source
    }
    return { open, channel, locks: { request: this.#request } as unknown as Locks }
  }

  readonly #request = (_name: string, options: LockOptions, work: () => unknown) =>
    new Promise<void>((resolve, reject) => {
      const waiting: Waiting = {
        reject,
        grant: () => {
          this.#holder = waiting
          void this.#run(work, resolve, waiting)
        },
      }
      options.signal?.addEventListener('abort', () => {
        if (!this.#queue.includes(waiting)) return
        this.#queue = this.#queue.filter((each) => each !== waiting)
        reject(new DOMException('aborted', 'AbortError'))
      })
      if (options.steal === true) {
        this.#holder?.reject(new DOMException('stolen', 'AbortError'))
        waiting.grant()
      } else {
        this.#queue.push(waiting)
        if (this.#holder === null) this.#next()
      }
    })

  async #run(work: () => unknown, done: () => void, waiting: Waiting): Promise<void> {
    await work()
    done()
    if (this.#holder === waiting) this.#next()
  }

  #next(): void {
    this.#holder = null
    this.#queue.shift()?.grant()
  }
}
