import { Stack } from '@mantine/core'
import type { Host } from '../../api/types'
import { UsageBar } from '../../ui/usage-bar'
import { formatBytes } from '../../units/memory'

/** How much of the host is promised to workspaces, whether they use it or not. */
export function AllottedBars({ host }: { host: Host }) {
  const { capability, allotted } = host
  if (!capability || !allotted) return null
  return (
    <Stack gap={8}>
      <UsageBar label="CPUs" used={allotted.cpus} total={capability.cpus} format={formatCpus} />
      <UsageBar
        label="Memory"
        used={allotted.memoryBytes}
        total={capability.memoryBytes}
        format={formatBytes}
      />
      {capability.gpus > 0 && (
        <UsageBar label="GPUs" used={allotted.gpus} total={capability.gpus} format={String} />
      )}
    </Stack>
  )
}

const formatCpus = (cpus: number): string => String(Math.round(cpus * 100) / 100)
