import type { AttemptStep } from '../api/types'
import type { Look } from './phases'

/** What a step is called while it goes on. */
const names: Record<AttemptStep['step'], string> = {
  'fetch-image': 'Getting the image’s definition',
  'build-image': 'Building the image',
  'pull-image': 'Pulling the image',
  'create-network': 'Creating the network',
  'create-volume': 'Creating a volume',
  'create-container': 'Creating the container',
  'start-container': 'Starting the container',
  'give-secrets': 'Giving it its secrets',
  'clone-repository': 'Cloning the repository',
  'stop-container': 'Stopping the container',
  'remove-container': 'Removing the container',
  'remove-network': 'Removing the network',
  'remove-volume': 'Removing a volume',
  'copy-volume': 'Copying a volume',
  'remove-image': 'Removing an unused image',
}

/** A step of a newer server is shown by its own name. */
export const stepName = (step: string): string => (names as Record<string, string>)[step] ?? step

/** How a step, or the attempt that it belongs to, stands. */
export const attemptStates: Record<string, Look> = {
  working: { label: 'Under way', color: 'blue', moving: true },
  done: { label: 'Done', color: 'teal', moving: false },
  failed: { label: 'Failed', color: 'red', moving: false },
  left: { label: 'Left off', color: 'gray', moving: false },
  lost: { label: 'Lost', color: 'orange', moving: false },
}

/** How far a step is: `3 of 7: RUN make`. */
export function progressWords(step: AttemptStep): string | null {
  const { progress } = step
  return progress ? `${progress.done} of ${progress.of}: ${progress.what}` : null
}
