import { Box, Group, Text } from '@mantine/core'
import { useEffect, useId, useRef } from 'react'
import type uPlot from 'uplot'
import 'uplot/dist/uPlot.min.css'
import type { Metrics } from '../api/types'
import { columnsOf, highest, latest, type Chart, type Columns, type Line } from '../rules/series'

interface Props extends Chart {
  metrics: Metrics
}

const HEIGHT = 140
const FEW = 4
/** Between ticks of bytes, up to a pebibyte. */
const POWERS_OF_TWO = Array.from({ length: 51 }, (_, exponent) => 2 ** exponent)
/** Beyond these they begin anew: the words above a chart tell its lines apart. */
const COLOURS = [
  'var(--mantine-color-brand-filled)',
  'var(--mantine-color-orange-6)',
  'var(--mantine-color-teal-6)',
  'var(--mantine-color-grape-6)',
  'var(--mantine-color-red-6)',
  'var(--mantine-color-cyan-6)',
  'var(--mantine-color-yellow-6)',
  'var(--mantine-color-gray-6)',
]

/** Figures over time. What a chart shows is said in words too: the latest and the highest figure of each line. */
export function TimeChart({ title, metrics, lines, format, full = 0, binary = false }: Props) {
  const box = useRef<HTMLDivElement>(null)
  const id = useId()
  const columns = columnsOf(metrics, lines)
  // Drawn anew with each answer: it is some milliseconds, and nothing can be left over from the one before.
  useEffect(() => {
    const target = box.current
    const data = columnsOf(metrics, lines)
    if (!target || data[0].length === 0) return
    let chart: uPlot | undefined
    let gone = false
    const resized = new ResizeObserver(() =>
      chart?.setSize({ width: target.clientWidth, height: HEIGHT }),
    )
    const draw = async () => {
      const { default: Plot } = await import('uplot')
      if (gone) return
      chart = new Plot(
        options(target, metrics, { lines, format, full, binary }, data),
        data,
        target,
      )
      resized.observe(target)
    }
    void draw()
    return () => {
      gone = true
      resized.disconnect()
      chart?.destroy()
    }
  }, [metrics, lines, format, full, binary])
  return (
    <Box component="figure" m={0} aria-labelledby={id}>
      <Group justify="space-between" mb={4} id={id}>
        <Text size="sm">{title}</Text>
        <Text size="sm" c="dimmed">
          {lines.map((line, i) => summary(line, columns[i + 1] ?? [], format)).join('; ')}
        </Text>
      </Group>
      <Box ref={box} mih={HEIGHT} aria-hidden />
    </Box>
  )
}

function summary(line: Line, row: readonly (number | null)[], format: (value: number) => string) {
  const now = latest(row)
  const most = highest(row)
  return now === null || most === null
    ? `${line.label}: not measured`
    : `${line.label} ${format(now)}, at most ${format(most)}`
}

function options(
  target: HTMLElement,
  metrics: Metrics,
  { lines, format, full = 0, binary }: Omit<Chart, 'title'>,
  [times]: Columns,
): uPlot.Options {
  const style = getComputedStyle(target)
  const resolved = (colour: string) =>
    colour.startsWith('var(') ? style.getPropertyValue(colour.slice(4, -1)) : colour
  const axis = {
    stroke: resolved('var(--mantine-color-dimmed)'),
    grid: { stroke: resolved('var(--mantine-color-default-border)'), width: 1 },
    ticks: { show: false },
    font: '11px system-ui, sans-serif',
  }
  return {
    width: target.clientWidth,
    height: HEIGHT,
    legend: { show: false },
    cursor: { y: false, points: { size: 6 } },
    scales: {
      x: { range: [Date.parse(metrics.from) / 1000, Date.parse(metrics.to) / 1000] },
      y: { range: (_plot, _least, most) => [0, Math.max(full, most * 1.1, Number.MIN_VALUE)] },
    },
    axes: [
      axis,
      {
        ...axis,
        size: 64,
        values: (_plot, ticks) => ticks.map(format),
        ...(binary ? { incrs: POWERS_OF_TWO } : {}),
      },
    ],
    series: [
      {},
      ...lines.map((line, i) => ({
        label: line.label,
        stroke: resolved(COLOURS[i % COLOURS.length] ?? ''),
        width: 1.5,
        // One alone is no line yet, and would not be seen.
        points: { show: times.length < FEW, size: 5 },
      })),
    ],
  }
}
