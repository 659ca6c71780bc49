import { useQueryClient } from '@tanstack/react-query'
import { createContext, use, useEffect, useState, type ReactNode } from 'react'
import { areas } from '../api/areas'
import { onBehind } from '../api/client'
import { startPositionQuery } from '../api/events'
import { forgetPositions, notePosition } from '../api/position'
import { affectedBy } from './affected'
import type { ConnectionState } from './connection'
import { Refresher } from './refresher'
import { SharedStream } from './shared'

const ConnectionContext = createContext<ConnectionState>('connecting')

export const useConnection = (): ConnectionState => use(ConnectionContext)

/** A view that was behind is read again after this long. */
const BEHIND_AGAIN_MILLIS = 1_000

/** Keeps every screen inside it true: each fact makes stale what it touches. */
export function LiveFacts({ children }: { children: ReactNode }) {
  const client = useQueryClient()
  const [connection, setConnection] = useState<ConnectionState>('connecting')

  useEffect(() => {
    const refresher = new Refresher(client)
    const after = client.getQueryData(startPositionQuery.queryKey) ?? 0
    const stream = new SharedStream(after, {
      fact(fact) {
        notePosition(fact.position)
        refresher.stale(affectedBy(fact))
      },
      missed: () => refresher.everything(),
      reset() {
        forgetPositions()
        refresher.everything()
      },
      state(state) {
        setConnection(state)
        // A stream cut because the session ended looks like any cut: ask who we are.
        if (state === 'reconnecting') void client.invalidateQueries({ queryKey: [areas.me] })
      },
    })
    const toFront = () => {
      if (document.visibilityState === 'visible') stream.wake()
    }
    document.addEventListener('visibilitychange', toFront)

    let again: ReturnType<typeof setTimeout> | null = null
    const offBehind = onBehind(() => {
      again ??= setTimeout(() => {
        again = null
        refresher.everything()
      }, BEHIND_AGAIN_MILLIS)
    })

    return () => {
      document.removeEventListener('visibilitychange', toFront)
      offBehind()
      if (again !== null) clearTimeout(again)
      stream.close()
      refresher.close()
    }
  }, [client])

  return <ConnectionContext value={connection}>{children}</ConnectionContext>
}
