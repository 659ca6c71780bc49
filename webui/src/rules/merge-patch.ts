/** A JSON merge patch (RFC 7396): what must be sent so that `before` becomes `after`. */
type Json = Readonly<Record<string, unknown>>

const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** The same whatever the order of keys, and whether a missing value is written `null` or left out. */
const canonical = (_key: string, value: unknown): unknown =>
  isObject(value)
    ? Object.fromEntries(
        Object.entries(value)
          .filter(([, each]) => each != null)
          .toSorted(([a], [b]) => (a < b ? -1 : 1)),
      )
    : value

const same = (a: unknown, b: unknown): boolean =>
  JSON.stringify(a, canonical) === JSON.stringify(b, canonical)

/**
 * Only the fields of `after` are looked at on the outermost level: what a form does not edit stays.
 * Further in, a key that is gone becomes `null`, which removes it. Lists are replaced whole.
 */
export function mergePatch(before: Json, after: Json): Record<string, unknown> {
  const patch: Record<string, unknown> = {}
  for (const [key, value] of Object.entries(after)) {
    const old = before[key]
    if (same(old ?? null, value ?? null)) continue
    patch[key] = isObject(old) && isObject(value) ? within(old, value) : value
  }
  return patch
}

function within(before: Json, after: Json): Record<string, unknown> {
  const removed = Object.keys(before).filter((key) => !(key in after))
  return { ...mergePatch(before, after), ...Object.fromEntries(removed.map((key) => [key, null])) }
}
