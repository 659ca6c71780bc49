import { QueryCache, QueryClient } from '@tanstack/react-query'
import { isPassing, isUnauthenticated } from '../api/problem'

/** Facts make queries stale; by themselves they age only as a net below the stream. */
const STALE_AFTER_MILLIS = 30_000
const RETRIES = 2

export const createQueryClient = (onSignedOut: () => void): QueryClient =>
  new QueryClient({
    queryCache: new QueryCache({
      onError: (error) => {
        if (isUnauthenticated(error)) onSignedOut()
      },
    }),
    defaultOptions: {
      queries: {
        staleTime: STALE_AFTER_MILLIS,
        retry: (failures, error) => failures < RETRIES && isPassing(error),
        // A self-hosted server is often reached while the browser believes it is offline.
        networkMode: 'always',
      },
      mutations: { networkMode: 'always' },
    },
  })
