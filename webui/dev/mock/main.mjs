import { fileURLToPath } from 'node:url'
import { seed } from './seed.mjs'
import { serve } from './server.mjs'
import { World } from './world.mjs'

/**
 * A stand-in for the server, for working on the client: `node dev/mock/main.mjs [--port N] [--empty]
 * [--with-client | --dist]`. Its sign-in link works any number of times.
 */
const flag = (name) => process.argv.includes(name)
const option = (name, otherwise) => {
  const at = process.argv.indexOf(name)
  return at < 0 ? otherwise : process.argv[at + 1]
}

const port = Number(option('--port', '8080'))
const link = 'mock'
const world = new World({ pace: Number(option('--pace', '900')) })
if (!flag('--empty')) seed(world)
const dist = flag('--dist') ? fileURLToPath(new URL('../../dist', import.meta.url)) : null
serve(world, { link, dist }).listen(port, '127.0.0.1')

let origin = `http://localhost:${port}`
if (flag('--with-client')) {
  process.env.TRAILER_SERVER = `http://127.0.0.1:${port}`
  const { createServer } = await import('vite')
  const vite = await createServer({ root: fileURLToPath(new URL('../..', import.meta.url)) })
  await vite.listen()
  origin = vite.resolvedUrls.local[0].replace(/\/$/, '')
}
process.stdout.write(`Sign in: ${origin}/sign-in#${link}\n`)
