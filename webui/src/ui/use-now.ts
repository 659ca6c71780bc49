import { useSyncExternalStore } from 'react'

/** Relative times on a screen move together, this often. */
const TICK_MILLIS = 10_000

let now = Date.now()
let timer: ReturnType<typeof setInterval> | null = null
const listeners = new Set<() => void>()

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  timer ??= setInterval(() => {
    now = Date.now()
    for (const each of listeners) each()
  }, TICK_MILLIS)
  return () => {
    listeners.delete(listener)
    if (listeners.size > 0 || timer === null) return
    clearInterval(timer)
    timer = null
  }
}

/** The present, one clock for the page. What is newer than the last tick counts as "just now". */
export const useNow = (): number => useSyncExternalStore(subscribe, () => now)
