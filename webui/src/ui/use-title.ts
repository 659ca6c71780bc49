import { useEffect } from 'react'

/** The browser tab says which screen it shows. */
export function useTitle(title: string): void {
  useEffect(() => {
    document.title = `${title} · Trailer`
  }, [title])
}
