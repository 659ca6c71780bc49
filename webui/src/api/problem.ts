import type { FieldError, Problem, Remedy } from './types'

/** What the server said when it refused, or what kept us from asking it. */
export class ProblemError extends Error {
  override readonly name = 'ProblemError'

  /** HTTP status; 0 when no answer came at all. */
  readonly status: number
  readonly code: string
  readonly title: string
  readonly errors: FieldError[]
  readonly remedy: Remedy | null

  constructor(status: number, problem: Partial<Problem>) {
    const title = problem.title ?? 'The request was refused'
    super(problem.detail ?? title)
    this.status = status
    this.code = problem.code ?? 'unknown'
    this.title = title
    this.errors = problem.errors ?? []
    this.remedy = problem.remedy ?? null
  }
}

export const unreachable = (): ProblemError =>
  new ProblemError(0, {
    code: 'unreachable',
    title: 'The server cannot be reached',
    detail: 'Check that it runs and that this browser is online; nothing was lost on this page.',
  })

/** Reads an error answer; an answer that is no problem document (a proxy's page) still becomes one. */
export async function readProblem(response: Response): Promise<ProblemError> {
  const body: unknown = await response
    .clone()
    .json()
    .catch(() => null)
  const problem = typeof body === 'object' && body !== null ? (body as Partial<Problem>) : {}
  return new ProblemError(response.status, {
    title: `The server answered ${response.status} ${response.statusText}`.trim(),
    ...problem,
  })
}

export const isUnauthenticated = (error: unknown): boolean =>
  error instanceof ProblemError && error.status === 401

export const isMissing = (error: unknown): boolean =>
  error instanceof ProblemError && error.status === 404

export const isStale = (error: unknown): boolean =>
  error instanceof ProblemError && error.status === 412

/** Whether trying the very same request again (same idempotency key) may help. */
export const isPassing = (error: unknown): boolean =>
  error instanceof ProblemError && [0, 502, 503, 504].includes(error.status)
