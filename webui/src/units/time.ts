/** Relative and absolute time in the reader's own language and zone. */
const steps: [limitSeconds: number, unit: Intl.RelativeTimeFormatUnit, seconds: number][] = [
  [60, 'second', 1],
  [3_600, 'minute', 60],
  [86_400, 'hour', 3_600],
  [2_592_000, 'day', 86_400],
  [31_536_000, 'month', 2_592_000],
  [Number.POSITIVE_INFINITY, 'year', 31_536_000],
]

/** What lies this short behind the present is "now". */
const NOW_SECONDS = 5
/** The page's clock ticks every ten seconds, and a server's may be a little ahead: still "now". */
const AHEAD_SECONDS = 15

const relative = new Intl.RelativeTimeFormat('en', { numeric: 'auto', style: 'short' })

export function formatRelative(instant: string, nowMillis: number): string {
  const seconds = (Date.parse(instant) - nowMillis) / 1000
  const distance = Math.abs(seconds)
  if (!Number.isFinite(distance)) return '—'
  if (distance < (seconds > 0 ? AHEAD_SECONDS : NOW_SECONDS)) return 'just now'
  const [, unit, size] = steps.find(([limit]) => distance < limit) ?? [
    '',
    'year' as const,
    31_536_000,
  ]
  return relative.format(Math.trunc(seconds / size), unit)
}

const absolute = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'medium' })

export function formatAbsolute(instant: string): string {
  const millis = Date.parse(instant)
  return Number.isFinite(millis) ? absolute.format(millis) : '—'
}
