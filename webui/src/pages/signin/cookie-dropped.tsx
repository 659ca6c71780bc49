import { Alert, Code, Stack, Text } from '@mantine/core'
import { WarningIcon } from '../../ui/icons'

/** Plain HTTP on a LAN address: the browser drops cookies that are marked secure, without a word. */
export function CookieDropped() {
  const { host, hostname, port, protocol } = globalThis.location
  const serverPort = port || (protocol === 'https:' ? '443' : '80')
  return (
    <Alert
      color="yellow"
      icon={<WarningIcon />}
      title="Your browser dropped the session"
      role="alert"
    >
      <Stack gap="sm">
        <Text size="sm">
          The link was right, but this page came over plain HTTP from <b>{host}</b>, and browsers
          keep secure cookies only over HTTPS or from <Code>localhost</Code>. Any of these helps:
        </Text>
        <Text size="sm" component="ul" m={0} pl="lg">
          <li>
            Put HTTPS before the server (a reverse proxy with a certificate) and use that address.
          </li>
          <li>
            On the machine itself, open <Code>http://localhost:{serverPort}</Code>.
          </li>
          <li>
            From elsewhere, make an SSH tunnel, keep it open and use{' '}
            <Code>http://localhost:8080</Code>:
          </li>
        </Text>
        <Code block>
          ssh -L 8080:localhost:{serverPort} {hostname}
        </Code>
        <Text size="sm">The link is used up now. Start the server again for a new one.</Text>
      </Stack>
    </Alert>
  )
}
