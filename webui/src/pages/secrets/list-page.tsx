import { Button, Center, Paper } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { useInfiniteQuery } from '@tanstack/react-query'
import { secretsQuery } from '../../api/secrets'
import { EmptyState } from '../../ui/empty-state'
import { PlusIcon, SecretIcon } from '../../ui/icons'
import { Loaded } from '../../ui/loaded'
import { PageHeader } from '../../ui/page-header'
import { CreateSecret } from './create-secret'
import { SecretTable } from './secret-table'

export function SecretsPage() {
  const query = useInfiniteQuery(secretsQuery)
  const [creating, dialog] = useDisclosure()
  const create = (
    <Button leftSection={<PlusIcon size={16} />} onClick={dialog.open}>
      Create secret
    </Button>
  )
  return (
    <>
      <PageHeader title="Secrets" actions={create}>
        Tokens, passwords and keys for workspaces. Nobody can read them back here.
      </PageHeader>
      <Loaded query={query}>
        {(data) => {
          const secrets = data.pages.flatMap((page) => page.items)
          return (
            <>
              <Paper withBorder style={{ overflow: 'hidden' }}>
                {secrets.length === 0 ? (
                  <EmptyState icon={<SecretIcon />} title="No secrets yet" action={create}>
                    A workspace that names one finds it as a file in memory, from its first moment.
                  </EmptyState>
                ) : (
                  <SecretTable secrets={secrets} />
                )}
              </Paper>
              {query.hasNextPage && (
                <Center pt="md">
                  <Button
                    variant="default"
                    loading={query.isFetchingNextPage}
                    onClick={() => void query.fetchNextPage()}
                  >
                    Show more secrets
                  </Button>
                </Center>
              )}
            </>
          )
        }}
      </Loaded>
      <CreateSecret opened={creating} onClose={dialog.close} />
    </>
  )
}
