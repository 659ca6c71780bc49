import type { Host, Workspace } from '../api/types'
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
  ]
}

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
