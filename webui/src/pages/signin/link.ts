/**
 * Takes the one-time token out of the address, and the address out of history, so that neither the
 * back button nor a shared address holds it. `null` when there is none.
 */
export function takeLink(): string | null {
  const token = globalThis.location.hash.slice(1)
  if (token === '') return null
  globalThis.history.replaceState(globalThis.history.state, '', globalThis.location.pathname)
  return token
}
