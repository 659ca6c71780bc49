import type { Visibility } from '../../api/types'

/** Who may open an app's address. */
export const visibilities: Record<Visibility, string> = {
  owner: 'Its owner',
  granted: 'People it is shared with',
  'signed-in': 'Everyone who is signed in',
  public: 'Everyone',
}
