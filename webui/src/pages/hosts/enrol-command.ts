/** Where the commands below keep the token. */
const TOKEN_FILE = 'enrolment-token'

/** Reads the token from the keyboard, so that neither the process list nor a history shows it. */
export const saveTokenCommand = (): string => `(umask 077; cat > ${TOKEN_FILE})`

export const enrolCommand = (server: string): string =>
  `./infra/up --mode agent --server ${server} --token-file ${TOKEN_FILE}`
