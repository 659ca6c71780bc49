import { Button, Code, CopyButton, Group } from '@mantine/core'
import { CheckIcon, CopyIcon } from './icons'

/** Text to take elsewhere: a token, a command. */
export function Copyable({ text, label }: { text: string; label: string }) {
  return (
    <Group align="flex-start" wrap="nowrap" gap="xs">
      <Code block flex={1} aria-label={label} miw={0} style={{ overflowX: 'auto' }}>
        {text}
      </Code>
      <CopyButton value={text}>
        {({ copied, copy }) => (
          <Button
            variant="default"
            size="xs"
            onClick={copy}
            aria-label={`Copy ${label.toLowerCase()}`}
            leftSection={copied ? <CheckIcon size={14} /> : <CopyIcon size={14} />}
          >
            {copied ? 'Copied' : 'Copy'}
          </Button>
        )}
      </CopyButton>
    </Group>
  )
}
