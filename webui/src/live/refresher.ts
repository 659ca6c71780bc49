import type { QueryClient } from '@tanstack/react-query'
import type { Area } from '../api/areas'

/** Facts come in bursts (one start is five of them): read once for all that come within this time. */
const GATHER_MILLIS = 120
/** However many facts come, an area is read at most this often, so a busy server is not made busier. */
const AT_MOST_EVERY_MILLIS = 600

/** Gathers what became stale and reads it again, in one go. */
export class Refresher {
  #areas = new Set<Area>()
  #timer: ReturnType<typeof setTimeout> | null = null
  #lastFlush = 0
  readonly #client: QueryClient

  constructor(client: QueryClient) {
    this.#client = client
  }

  stale(areas: Iterable<Area>): void {
    for (const area of areas) this.#areas.add(area)
    const rest = this.#lastFlush + AT_MOST_EVERY_MILLIS - Date.now()
    this.#timer ??= setTimeout(() => this.#flush(), Math.max(GATHER_MILLIS, rest))
  }

  /** All of it, now; also what no fact told about. */
  everything(): void {
    this.#areas.clear()
    void this.#client.invalidateQueries()
  }

  close(): void {
    if (this.#timer !== null) clearTimeout(this.#timer)
    this.#timer = null
    this.#areas.clear()
  }

  #flush(): void {
    const gathered = this.#areas
    this.#areas = new Set()
    this.#timer = null
    this.#lastFlush = Date.now()
    void this.#client.invalidateQueries({
      predicate: (query) => gathered.has(query.queryKey[0] as Area),
    })
  }
}
