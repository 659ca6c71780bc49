import type { Metrics, MetricsPoint } from '../api/types'

/** One line of a chart. */
export interface Line {
  label: string
  of: (point: MetricsPoint) => number | null | undefined
}

/**
 * @property full the scale reaches at least so far
 * @property binary counted in powers of two, as bytes are
 */
export interface Chart {
  title: string
  lines: readonly Line[]
  format: (value: number) => string
  full?: number
  binary?: boolean
}

/** Seconds since 1970, then one row of figures a line: null where there is a hole. */
export type Columns = [number[], ...(number | null)[][]]

/**
 * The columns of a chart. Steps without samples are left out of an answer; where some are missing a hole is put, so that no
 * line is drawn over a time that nobody measured.
 */
export function columnsOf(metrics: Metrics, lines: readonly Line[]): Columns {
  const times: number[] = []
  const rows: (number | null)[][] = lines.map(() => [])
  let last = Number.NaN
  for (const point of metrics.points) {
    const at = Date.parse(point.at) / 1000
    if (at - last > 2.5 * Math.max(metrics.stepSeconds, FINEST_SECONDS)) {
      times.push(last + metrics.stepSeconds)
      for (const row of rows) row.push(null)
    }
    times.push(at)
    lines.forEach((line, i) => rows[i]?.push(line.of(point) ?? null))
    last = at
  }
  return [times, ...rows]
}

/** Agents sample at this pace at best. */
const FINEST_SECONDS = 10

/** The last figure of a row, null where there is none. */
export function latest(row: readonly (number | null)[]): number | null {
  return row.findLast((each) => each !== null) ?? null
}

export function highest(row: readonly (number | null)[]): number | null {
  return row.reduce<number | null>(
    (most, each) => (each === null ? most : most === null ? each : Math.max(most, each)),
    null,
  )
}
