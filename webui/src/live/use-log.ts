import { useEffect, useState } from 'react'
import { withoutColours } from '../rules/colours'

/** Lines shown at once; of a longer log the last ones. A browser lays out some thousands at ease. */
export const MAX_SHOWN = 5_000

export interface Log {
  lines: string[]
  /** How many were seen and are not shown any more. */
  leftOut: number
  state: 'following' | 'ended' | 'broken'
}

const NOTHING: Log = { lines: [], leftOut: 0, state: 'following' }

function longer(log: Log, more: string[]): Log {
  const all = [...log.lines, ...more]
  const over = Math.max(0, all.length - MAX_SHOWN)
  return { ...log, lines: all.slice(over), leftOut: log.leftOut + over }
}

/** Follows one log until it ends; for another one the component needs another key. The browser itself goes on behind the last event after a lost connection. */
export function useLog(path: string): Log {
  const [log, setLog] = useState<Log>(NOTHING)
  useEffect(() => {
    const source = new EventSource(path)
    const on = (type: string, change: (log: Log, data: string) => Log) =>
      source.addEventListener(type, (event) => {
        const { data } = event as MessageEvent<string>
        setLog((before) => change(before, data))
      })
    on('message', (before, data) => longer(before, withoutColours(data).split('\n')))
    on('part', (before, data) => longer(before, [`── ${data} ──`]))
    on('remark', (before, data) => longer(before, [data]))
    on('reset', () => NOTHING)
    source.addEventListener('end', () => {
      source.close()
      setLog((before) => ({ ...before, state: 'ended' }))
    })
    source.addEventListener('error', () => {
      // Refused, which it does not try again; a connection that was lost is dialled anew by itself.
      if (source.readyState === 2) setLog((before) => ({ ...before, state: 'broken' }))
    })
    return () => source.close()
  }, [path])
  return log
}
