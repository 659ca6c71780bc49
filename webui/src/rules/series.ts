import type { GpuMetricsPoint, Metrics, MetricsPoint } from '../api/types'

type Figure = number | null

/** One line of a chart: of the subject itself, or of one of its GPUs. */
export type Line = { label: string } & (
  | { gpu?: undefined; of: (point: MetricsPoint) => Figure | undefined }
  | { gpu: string; of: (point: GpuMetricsPoint) => Figure | undefined }
)

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
export type Columns = [number[], ...Figure[][]]

/**
 * The columns of a chart. Steps without samples are left out of an answer; where some are missing a hole is put, so that no
 * line is drawn over a time that nobody measured.
 */
export function columnsOf(metrics: Metrics, lines: readonly Line[]): Columns {
  const figures = lines.map((line) => figuresOf(metrics, line))
  const measured = [...new Set(figures.flatMap((each) => [...each.keys()]))].toSorted(
    (a, b) => a - b,
  )
  const times: number[] = []
  const rows: Figure[][] = lines.map(() => [])
  let last = Number.NaN
  for (const at of measured) {
    if (at - last > 2.5 * Math.max(metrics.stepSeconds, FINEST_SECONDS)) {
      times.push(last + metrics.stepSeconds)
      for (const row of rows) row.push(null)
    }
    times.push(at)
    figures.forEach((each, i) => rows[i]?.push(each.get(at) ?? null))
    last = at
  }
  return [times, ...rows]
}

/** By their seconds since 1970. */
function figuresOf(metrics: Metrics, line: Line): Map<number, Figure> {
  if (line.gpu === undefined) {
    return new Map(metrics.points.map((point) => [secondsOf(point.at), line.of(point) ?? null]))
  }
  const points = metrics.gpus.find((each) => each.uuid === line.gpu)?.points ?? []
  return new Map(points.map((point) => [secondsOf(point.at), line.of(point) ?? null]))
}

const secondsOf = (at: string): number => Date.parse(at) / 1000

/** Agents sample at this pace at best. */
const FINEST_SECONDS = 10

/** The last figure of a row, null where there is none. */
export function latest(row: readonly Figure[]): Figure {
  return row.findLast((each) => each !== null) ?? null
}

export function highest(row: readonly Figure[]): Figure {
  return row.reduce<Figure>(
    (most, each) => (each === null ? most : most === null ? each : Math.max(most, each)),
    null,
  )
}
