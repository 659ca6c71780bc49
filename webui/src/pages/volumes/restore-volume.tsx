import { FileInput, Stack, Text } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { useState } from 'react'
import type { Volume } from '../../api/types'
import { restoreVolume } from '../../api/volumes'
import { useCommand } from '../../live/use-command'
import { Confirm } from '../../ui/confirm'
import { UploadIcon } from '../../ui/icons'
import { ProblemAlert } from '../../ui/problem-alert'
import { VolumeButton } from './volume-button'

/** Replaces what a kept volume holds by what a file does. */
export function RestoreVolume({ volume }: { volume: Volume }) {
  const [asked, asking] = useDisclosure()
  const [file, setFile] = useState<File | null>(null)
  const restore = useCommand((archive: File) => restoreVolume(volume.id, archive), {
    said: () => `Volume ${volume.name} is restored`,
    done: asking.close,
    quiet: true,
  })
  return (
    <>
      <VolumeButton
        action="restore"
        volume={volume}
        label="Restore"
        name={`Restore into ${volume.name}`}
        icon={<UploadIcon size={14} />}
        onClick={asking.open}
      />
      <Confirm
        opened={asked}
        title={`Restore into volume ${volume.name}?`}
        verb="Restore"
        sending={restore.sending}
        onClose={asking.close}
        onConfirm={() => {
          if (file !== null) restore.send(file)
        }}
      >
        <Stack gap="sm" ta="left">
          <Text size="sm">
            What it holds on {volume.host} now is replaced. Stay on this page until it is done: if
            it breaks off, the volume is incomplete and must be restored again.
          </Text>
          <FileInput
            label="Archive"
            description="A tar file, not compressed"
            accept=".tar,application/x-tar"
            value={file}
            onChange={setFile}
            withAsterisk
          />
          <ProblemAlert error={restore.problem} />
        </Stack>
      </Confirm>
    </>
  )
}
