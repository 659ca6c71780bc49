import { SegmentedControl, Stack, Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { metricsQuery, type Measured } from '../api/metrics'
import type { Chart } from '../rules/series'
import { Panel } from './panel'
import { ProblemAlert } from './problem-alert'
import { TimeChart } from './time-chart'

interface Props {
  charts: readonly Chart[]
  of: Measured
}

const SPANS = [
  { value: '3600', label: '1 h' },
  { value: '21600', label: '6 h' },
  { value: '86400', label: '1 d' },
  { value: '604800', label: '7 d' },
  { value: '2592000', label: '30 d' },
]

/** Charts of what a host or a workspace used, over a time that one chooses. */
export function UsageOverTime({ charts, of }: Props) {
  const [span, setSpan] = useState('3600')
  const { data, error } = useQuery(metricsQuery(of, Number(span)))
  return (
    <Panel
      title="Use over time"
      actions={
        <SegmentedControl
          size="xs"
          aria-label="Over the last"
          data={SPANS}
          value={span}
          onChange={setSpan}
        />
      }
    >
      {error && <ProblemAlert error={error} />}
      {data?.points.length === 0 && (
        <Text size="sm" c="dimmed">
          Nothing was measured in this time. Samples come every ten seconds while it runs.
        </Text>
      )}
      {data && data.points.length > 0 && (
        <Stack gap="md">
          {charts.map((chart) => (
            <TimeChart key={chart.title} metrics={data} {...chart} />
          ))}
        </Stack>
      )}
    </Panel>
  )
}
