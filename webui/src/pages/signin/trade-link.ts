import { answer, api } from '../../api/client'
import { isUnauthenticated } from '../../api/problem'
import { signIn } from '../../api/session'

export type SignInOutcome =
  | { kind: 'done' }
  | { kind: 'refused'; error: unknown }
  /** The server signed us in, but the browser did not keep its secure cookie. */
  | { kind: 'cookie-dropped' }

export async function tradeLink(link: string): Promise<SignInOutcome> {
  try {
    await signIn(link)
  } catch (error) {
    return { kind: 'refused', error }
  }
  try {
    await answer(api.GET('/api/v1/me'))
  } catch (error) {
    return isUnauthenticated(error) ? { kind: 'cookie-dropped' } : { kind: 'refused', error }
  }
  return { kind: 'done' }
}
