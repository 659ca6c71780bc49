import { useInfiniteQuery } from '@tanstack/react-query'
import { secretsQuery } from '../api/secrets'

/** Those there are, and what is named already even if it is gone: the server says so at its field. */
export function useSecretNames(named: string[]): string[] {
  const secrets = useInfiniteQuery(secretsQuery)
  const known = secrets.data?.pages.flatMap((page) => page.items.map((each) => each.name)) ?? []
  return [...new Set([...known, ...named.filter((name) => name !== '')])].toSorted()
}
