import { Stack, Text } from '@mantine/core'
import type { Host } from '../../api/types'
import { Panel } from '../../ui/panel'
import { TimeAgo } from '../../ui/time-ago'
import { UsageBar } from '../../ui/usage-bar'
import { formatBytes } from '../../units/memory'
import { formatPercent } from '../../units/percent'

/** What the machine uses in fact, all its processes counted. Asked for every few seconds. */
export function MetricsPanel({ metrics }: { metrics: Host['metrics'] }) {
  if (!metrics) {
    return (
      <Panel title="In use now">
        <Text size="sm" c="dimmed">
          No measurements yet.
        </Text>
      </Panel>
    )
  }
  return (
    <Panel title="In use now" actions={<TimeAgo at={metrics.at} />}>
      <Stack gap="sm">
        <UsageBar
          label="CPU"
          used={metrics.cpuPercent}
          total={100}
          format={formatPercent}
          text={formatPercent(metrics.cpuPercent)}
        />
        <UsageBar
          label="Memory in use"
          used={metrics.memoryUsedBytes}
          total={metrics.memoryTotalBytes}
          format={formatBytes}
        />
        <UsageBar
          label="Disk"
          used={metrics.diskUsedBytes}
          total={metrics.diskTotalBytes}
          format={formatBytes}
        />
        <Text size="sm" c="dimmed">
          Load {metrics.load1.toFixed(2)} over the last minute
        </Text>
      </Stack>
    </Panel>
  )
}
