import { describe, expect, it } from 'vitest'
import type { GpuMetricsPoint, Metrics, MetricsPoint } from '../api/types'
import { columnsOf, highest, latest } from './series'

const START = Date.parse('2026-11-24T05:00:00Z')

const point = (seconds: number, memoryBytes: number, load1?: number): MetricsPoint => ({
  at: new Date(START + seconds * 1000).toISOString(),
  memoryBytes,
  memoryBytesMax: memoryBytes,
  load1: load1 ?? null,
  cpuPercent: null,
  cpuPercentMax: null,
  cpuMillis: null,
  cpuMillisMax: null,
  diskUsedBytes: null,
  diskReadBytesPerSecond: null,
  diskWriteBytesPerSecond: null,
  networkInBytesPerSecond: null,
  networkOutBytesPerSecond: null,
  pids: null,
})

const metrics = (stepSeconds: number, ...points: MetricsPoint[]): Metrics => ({
  from: new Date(START).toISOString(),
  to: new Date(START + 3_600_000).toISOString(),
  stepSeconds,
  points,
  gpus: [],
})

const gpuPoint = (seconds: number, busyPercent: number | null): GpuMetricsPoint => ({
  at: new Date(START + seconds * 1000).toISOString(),
  busyPercent,
  busyPercentMax: busyPercent,
  memoryBytes: null,
  memoryBytesMax: null,
  memoryTotalBytes: null,
  celsius: null,
  watts: null,
})

const MEMORY = { label: 'Memory', of: (each: MetricsPoint) => each.memoryBytes }
const LOAD = { label: 'Load', of: (each: MetricsPoint) => each.load1 }

const busy = (gpu: string) => ({
  label: gpu,
  gpu,
  of: (each: GpuMetricsPoint) => each.busyPercent,
})

describe('columns of a chart', () => {
  it('are the times and a row for each line', () => {
    const at = START / 1000
    expect(columnsOf(metrics(60, point(0, 1, 0.5), point(60, 2)), [MEMORY, LOAD])).toEqual([
      [at, at + 60],
      [1, 2],
      [0.5, null],
    ])
  })

  it('have a hole where nothing was measured', () => {
    const [times, memory] = columnsOf(metrics(60, point(0, 1), point(600, 2)), [MEMORY])
    expect(times).toHaveLength(3)
    expect(memory).toEqual([1, null, 2])
  })

  it('have a line for each GPU, over the times of all', () => {
    const at = START / 1000
    const measured = {
      ...metrics(60, point(0, 1)),
      gpus: [
        { uuid: 'a', points: [gpuPoint(0, 10), gpuPoint(60, 20)] },
        { uuid: 'b', points: [gpuPoint(60, 0)] },
      ],
    }
    expect(columnsOf(measured, [busy('a'), busy('b'), busy('gone')])).toEqual([
      [at, at + 60],
      [10, 20],
      [null, 0],
      [null, null],
    ])
  })

  it('have none where samples only come less often than the step', () => {
    const [, memory] = columnsOf(metrics(5, point(0, 1), point(15, 2)), [MEMORY])
    expect(memory).toEqual([1, 2])
  })
})

describe('figures of a row', () => {
  it('skip holes', () => {
    expect(latest([1, 3, 2, null])).toBe(2)
    expect(highest([1, 3, null, 2])).toBe(3)
  })

  it('are none where there is nothing', () => {
    expect(latest([null])).toBeNull()
    expect(highest([])).toBeNull()
  })
})
