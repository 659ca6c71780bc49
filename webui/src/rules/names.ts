/** Names become DNS labels; the server's rule, repeated so that a form can say it at once. */
const DNS_LABEL = /^[a-z](?:[a-z0-9]|-(?!-))*[a-z0-9]$/

export const NAME_LIMITS = {
  app: 15,
  workspace: 24,
  image: 40,
  host: 40,
  volume: 32,
  secret: 40,
} as const

export function nameProblem(name: string, kind: keyof typeof NAME_LIMITS): string | null {
  const limit = NAME_LIMITS[kind]
  if (name === '') return 'A name is needed'
  if (name.length > limit) return `At most ${limit} characters`
  if (DNS_LABEL.test(name)) return null
  return 'Small letters, digits and single dashes; begins with a letter, at least two characters'
}
