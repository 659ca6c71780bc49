import { mkdir, readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { fileURLToPath } from 'node:url'
import { chromium } from 'playwright-core'
import { seed } from './mock/seed.mjs'
import { serve } from './mock/server.mjs'
import { World } from './mock/world.mjs'

/**
 * Pictures of every screen over the mock server, into dev/shots (not kept in git), and what axe and
 * the browser's console have to say. Needs a built
 * client and a Chromium: CHROMIUM names it, else /usr/bin/chromium. [--dark] [--width N]
 */
const dark = process.argv.includes('--dark')
const widthAt = process.argv.indexOf('--width')
const width = widthAt < 0 ? 1360 : Number(process.argv[widthAt + 1])
const shots = fileURLToPath(new URL('./shots', import.meta.url))
const port = 18_080
const origin = `http://localhost:${port}`

const world = new World({ pace: 400 })
seed(world)
const dist = fileURLToPath(new URL('../dist', import.meta.url))
const server = serve(world, { link: 'mock', dist }).listen(port, '127.0.0.1')
await mkdir(shots, { recursive: true })

const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  args: [
    '--no-sandbox',
    '--disable-gpu',
    '--disable-quic',
    '--no-first-run',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
  ],
})
const page = await browser.newPage({
  viewport: { width, height: 900 },
  colorScheme: dark ? 'dark' : 'light',
})
const complaints = []
page.on('console', (message) => {
  if (['error', 'warning'].includes(message.type())) complaints.push(message.text())
})
page.on('pageerror', (error) => complaints.push(String(error)))

const axe = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

async function shoot(name) {
  await page.waitForTimeout(350)
  await page.evaluate(axe)
  // Menus are drawn at the end of the body, outside every landmark, and begin with an element that
  // takes the focus: both are the component library's doing.
  const { violations } = await page.evaluate(() =>
    globalThis.axe.run({
      rules: { region: { enabled: false }, 'aria-required-children': { enabled: false } },
    }),
  )
  for (const { id, help, nodes } of violations) {
    complaints.push(
      `${name}: ${id}: ${help}: ${nodes
        .map((each) => each.html)
        .slice(0, 3)
        .join(' ')}`,
    )
  }
  await page.screenshot({
    path: `${shots}/${name}${dark ? '-dark' : ''}${width === 1360 ? '' : `-${width}`}.png`,
    fullPage: true,
  })
}
const idOf = (map, name) => world.named(map, name).id

await page.goto(`${origin}/sign-in`)
await shoot('sign-in')
await page.goto(`${origin}/sign-in#mock`)
await page.getByRole('heading', { name: 'Dashboard' }).waitFor()
await page.getByText('Live', { exact: true }).first().waitFor({ state: 'attached' })
await shoot('dashboard')
for (const [name, path] of [
  ['workspaces', '/workspaces'],
  ['workspace-running', `/workspaces/${idOf(world.workspaces, 'api')}`],
  ['workspace-failed', `/workspaces/${idOf(world.workspaces, 'store')}`],
  ['workspace-edit', `/workspaces/${idOf(world.workspaces, 'api')}/edit`],
  ['workspace-create', '/workspaces/new'],
  ['images', '/images'],
  ['image', `/images/${idOf(world.images, 'java-25')}`],
  ['image-revise', `/images/${idOf(world.images, 'java-25')}/revise`],
  ['image-define', '/images/new'],
  ['hosts', '/hosts'],
  ['host', `/hosts/${idOf(world.hosts, 'local')}`],
  ['volumes', '/volumes'],
  ['secrets', '/secrets'],
]) {
  await page.goto(origin + path)
  await page.getByRole('heading', { level: 1 }).waitFor()
  await shoot(name)
}
await page.goto(`${origin}/workspaces`)
await page.getByRole('button', { name: 'More actions for api' }).click()
await shoot('workspaces-menu')
await page.getByRole('menuitem', { name: 'Delete' }).click()
await shoot('workspace-delete')
await page.goto(`${origin}/hosts`)
await page.getByRole('button', { name: 'Register host' }).click()
await page.getByLabel('Name').fill('workbench')
await page.getByRole('dialog').getByRole('button', { name: 'Register host' }).click()
await page.getByText('This token is shown once').waitFor()
await shoot('host-registered')

await browser.close()
server.closeAllConnections()
server.close()
process.stdout.write(
  complaints.length === 0
    ? 'No complaints, neither in the console nor about accessibility\n'
    : `${complaints.join('\n')}\n`,
)
