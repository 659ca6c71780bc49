/** ISO 8601 durations, of which the server uses days, hours, minutes and seconds. */
const DURATION = /^P(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+(?:\.\d+)?)S)?)?$/

/** Hours, or `null` for what is no duration. */
export function hoursOf(duration: string | null): number | null {
  const match = DURATION.exec(duration ?? '')
  if (match === null) return null
  const [, days = 0, hours = 0, minutes = 0, seconds = 0] = match
  return Number(days) * 24 + Number(hours) + Number(minutes) / 60 + Number(seconds) / 3600
}

export function durationOf(hours: number): string {
  const all = Math.round(hours * 3600)
  const parts = [
    [Math.floor(all / 3600), 'H'],
    [Math.floor((all % 3600) / 60), 'M'],
    [all % 60, 'S'],
  ] as const
  const words = parts.filter(([count]) => count > 0).map(([count, unit]) => `${count}${unit}`)
  return `PT${words.join('') || '0S'}`
}

/** Whole seconds, or `null` for what is no duration. */
export function secondsOf(duration: string | null): number | null {
  const hours = hoursOf(duration)
  return hours === null ? null : Math.round(hours * 3600)
}

export const durationOfSeconds = (seconds: number): string => durationOf(seconds / 3600)

export function formatHours(hours: number): string {
  const minutes = Math.round(hours * 60)
  if (minutes < 60) return `${minutes} min`
  const rest = minutes % 60
  return rest === 0 ? `${minutes / 60} h` : `${Math.floor(minutes / 60)} h ${rest} min`
}

/** How long something took, or takes so far. */
export function formatMillis(millis: number): string {
  if (millis < 1_000) return `${Math.max(0, Math.round(millis))} ms`
  if (millis < 10_000) return `${(millis / 1_000).toFixed(1)} s`
  const seconds = Math.round(millis / 1_000)
  if (seconds < 60) return `${seconds} s`
  const minutes = Math.floor(seconds / 60)
  if (minutes < 60) return `${minutes} min ${seconds % 60} s`
  return `${Math.floor(minutes / 60)} h ${minutes % 60} min`
}
