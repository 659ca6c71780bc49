import type { GpuMetricsPoint, Host, Workspace } from '../api/types'
import { formatBytes } from '../units/memory'
import { formatPercent } from '../units/percent'
import type { Chart } from './series'

const rate = (bytesPerSecond: number) => `${formatBytes(bytesPerSecond)}/s`
const cores = (millis: number) => `${Number((millis / 1000).toFixed(2))} CPU`

export function hostCharts(host: Host): Chart[] {
  return [
    {
      title: 'CPU',
      lines: [{ label: 'Busy', of: (point) => point.cpuPercent }],
      format: formatPercent,
      full: 100,
    },
    {
      title: 'Memory',
      lines: [{ label: 'Used', of: (point) => point.memoryBytes }],
      format: formatBytes,
      binary: true,
      full: host.metrics?.memoryTotalBytes ?? 0,
    },
    {
      title: 'Load',
      lines: [{ label: 'Average of a minute', of: (point) => point.load1 }],
      format: (value) => String(Number(value.toFixed(2))),
    },
    {
      title: 'Disk',
      lines: [{ label: 'Used', of: (point) => point.diskUsedBytes }],
      format: formatBytes,
      binary: true,
      full: host.metrics?.diskTotalBytes ?? 0,
    },
    ...gpuCharts(host),
  ]
}

/** A line for each card, slices and all; none where there is no card. */
function gpuCharts(host: Host): Chart[] {
  const cards = cardsOf(host)
  if (cards.length === 0) return []
  const lines = (of: (point: GpuMetricsPoint) => number | null | undefined) =>
    cards.map((gpu, i) => ({ label: `GPU ${i}`, gpu, of }))
  return [
    {
      title: 'GPU busy',
      lines: lines((point) => point.busyPercent),
      format: formatPercent,
      full: 100,
    },
    {
      title: 'GPU memory',
      lines: lines((point) => point.memoryBytes),
      format: formatBytes,
      binary: true,
      full: Math.max(0, ...(host.capability?.gpuDevices ?? []).map((each) => each.memoryBytes)),
    },
    {
      title: 'GPU temperature',
      lines: lines((point) => point.celsius),
      format: (value) => `${Math.round(value)} °C`,
    },
    {
      title: 'GPU power',
      lines: lines((point) => point.watts),
      format: (value) => `${Math.round(value)} W`,
    },
  ]
}

/** What is in the slots, by UUID: a card that is cut up is one, in whatever slices it is given away. */
export const cardsOf = (host: Host): string[] => [
  ...new Set((host.capability?.gpuDevices ?? []).map((each) => each.parent ?? each.uuid)),
]

export function workspaceCharts(workspace: Workspace): Chart[] {
  return [
    {
      title: 'CPU',
      lines: [{ label: 'Used', of: (point) => point.cpuMillis }],
      format: cores,
      full: workspace.resources.cpus * 1000,
    },
    {
      title: 'Memory',
      lines: [{ label: 'Used', of: (point) => point.memoryBytes }],
      format: formatBytes,
      binary: true,
      full: workspace.resources.memoryBytes,
    },
    {
      title: 'Network',
      lines: [
        { label: 'In', of: (point) => point.networkInBytesPerSecond },
        { label: 'Out', of: (point) => point.networkOutBytesPerSecond },
      ],
      format: rate,
      binary: true,
    },
    {
      title: 'Disk',
      lines: [
        { label: 'Read', of: (point) => point.diskReadBytesPerSecond },
        { label: 'Written', of: (point) => point.diskWriteBytesPerSecond },
      ],
      format: rate,
      binary: true,
    },
  ]
}
