import { Button, Tooltip } from '@mantine/core'
import type { ReactNode } from 'react'
import type { Volume } from '../../api/types'
import { volumeRefusal, type VolumeAction } from '../../rules/volumes'

interface Props {
  action: VolumeAction
  volume: Volume
  label: string
  /** What it does to which volume, for those who do not see the row. */
  name: string
  icon: ReactNode
  onClick: () => void
}

/** Refused, it stays reachable by keyboard and says why. */
export function VolumeButton({ action, volume, label, name, icon, onClick }: Props) {
  const reason = volumeRefusal(action, volume)
  return (
    <Tooltip
      label={reason}
      disabled={reason === null}
      events={{ hover: true, focus: true, touch: true }}
    >
      <Button
        variant="default"
        size="xs"
        leftSection={icon}
        aria-label={name}
        {...(reason === null
          ? {}
          : { 'aria-disabled': true, 'data-disabled': true, title: reason })}
        onClick={() => {
          if (reason === null) onClick()
        }}
      >
        {label}
      </Button>
    </Tooltip>
  )
}
