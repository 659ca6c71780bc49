import { Alert, List, ScrollArea, Text } from '@mantine/core'
import type { UseQueryResult } from '@tanstack/react-query'
import type { DryRun } from '../../api/types'
import { Loaded } from '../../ui/loaded'

interface Props {
  told: UseQueryResult<DryRun>
  /** Said where nothing would follow. */
  none: string
}

/** What a change would bring about, thing by thing, before anybody confirms it. */
export function Consequences({ told, none }: Props) {
  return (
    <Loaded query={told}>
      {({ consequences, moreConsequences }) =>
        consequences.length === 0 ? (
          <Text size="sm">{none}</Text>
        ) : (
          <ScrollArea.Autosize mah={240} type="auto">
            <List size="sm" aria-label="What would happen">
              {consequences.map((each) => (
                <List.Item key={each.id}>
                  {each.kind} {each.name} of {each.owner}
                </List.Item>
              ))}
            </List>
            {moreConsequences > 0 && <Alert color="yellow">and {moreConsequences} more</Alert>}
          </ScrollArea.Autosize>
        )
      }
    </Loaded>
  )
}
