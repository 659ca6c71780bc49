import type { FieldError } from '../api/types'

/** Where a form shows what the server says of a field of the request; `null` where it has no place. */
type PathOf = (pointer: string) => string | null

/** The server's words by path of the form, several of one field as several sentences. */
export function placeErrors(errors: FieldError[], pathOf: PathOf): Record<string, string> {
  const placed: Record<string, string> = {}
  for (const { pointer, message } of errors) {
    const path = pathOf(pointer)
    if (path === null) continue
    const before = placed[path]
    placed[path] = before === undefined ? begin(message) : `${before}. ${begin(message)}`
  }
  return placed
}

/** Pointers whose message a field shows, so that the page need not repeat it. */
export const shownAt = (errors: FieldError[], pathOf: PathOf): Set<string> =>
  new Set(errors.map((each) => each.pointer).filter((each) => pathOf(each) !== null))

/** The server's messages go on from a field's name; beside the field they begin by themselves. */
const begin = (message: string): string => message.charAt(0).toUpperCase() + message.slice(1)
