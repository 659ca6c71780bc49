import { notifications } from '@mantine/notifications'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { freshKey } from '../api/client'
import { ProblemError, isPassing } from '../api/problem'

/** A request that got no answer is sent again this often, with the same key: it happens once. */
const RETRIES = 2

interface Options<V, R> {
  /** What the person is told when it worked; `null` says nothing (the screen shows it anyway). */
  said?: (variables: V, result: R) => string | null
  done?: (result: R, variables: V) => void
  /** A form shows its problems itself. */
  quiet?: boolean
  /** Ends the session: there is nothing that could be read again. */
  leaving?: boolean
}

/**
 * One change a person makes. The key is drawn per action, so a retry is the same action. When it is
 * done all that is on the screen is read again; reads wait for the position the change was written at.
 */
export function useCommand<V, R>(
  run: (variables: V, key: string) => Promise<R>,
  options: Options<V, R> = {},
) {
  const client = useQueryClient()
  const mutation = useMutation<R, unknown, { variables: V; key: string }>({
    mutationFn: ({ variables, key }) => run(variables, key),
    retry: (failures, error) => failures < RETRIES && isPassing(error),
    onSuccess: (result, { variables }) => {
      if (!options.leaving) void client.invalidateQueries({ refetchType: 'active' })
      const message = options.said?.(variables, result)
      if (message) notifications.show({ message, color: 'teal' })
      options.done?.(result, variables)
    },
    onError: (error) => {
      // Whatever the refusal, what is on the screen was not the truth: read it again.
      void client.invalidateQueries({ refetchType: 'active' })
      if (options.quiet) return
      const problem = error instanceof ProblemError ? error : new ProblemError(0, {})
      notifications.show({ title: problem.title, message: problem.message, color: 'red' })
    },
  })
  return {
    send: (variables: V) => mutation.mutate({ variables, key: freshKey() }),
    sending: mutation.isPending,
    problem: mutation.error,
    result: mutation.data,
    reset: mutation.reset,
  }
}
