import { readFileSync, readdirSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { describe, expect, it } from 'vitest'

/** The repository itself: what no single file can promise. */
const root = join(import.meta.dirname, '..')
const files = readdirSync(import.meta.dirname, { recursive: true, encoding: 'utf8' })
  .filter((path) => /\.(ts|tsx)$/.test(path) && !path.endsWith('.gen.ts'))
  .map((path) => ({ path, text: readFileSync(join(import.meta.dirname, path), 'utf8') }))
const sources = files.filter(({ path }) => !/\.test\.tsx?$/.test(path))
const document = JSON.parse(readFileSync(join(root, 'openapi.json'), 'utf8')) as {
  paths: Record<string, Record<string, unknown>>
}

describe('the API', () => {
  const calls = sources.flatMap(({ text }) =>
    [...text.matchAll(/api\.(GET|POST|PATCH|PUT|DELETE)\(\s*'([^']+)'/g)].map(
      ([, method = '', path = '']) => ({ method, path }),
    ),
  )

  it('is asked in src/api and by the sign-in alone', () => {
    const askers = sources
      .filter(({ text }) => /\bapi\.[A-Z]+\(/.test(text))
      .map(({ path }) => path)
    const others = askers.filter((path) => !path.startsWith('api/'))
    expect(others).toEqual(['pages/signin/trade-link.ts'])
  })

  it.each(calls)('describes $method $path', ({ method, path }) => {
    expect(document.paths[path]).toHaveProperty(method.toLowerCase())
  })

  it('describes the stream', () => {
    expect(document.paths).toHaveProperty('/api/v1/stream')
  })
})

describe('the files', () => {
  it('have their tests beside what they test', () => {
    const paths = new Set(files.map(({ path }) => path))
    const strays = files
      .map(({ path }) => path)
      .filter((path) => /\.test\.tsx?$/.test(path) && path !== 'repository.test.ts')
      .filter((path) => {
        const tested = join(dirname(path), basename(path).replace(/\.test\.tsx?$/, ''))
        return !paths.has(`${tested}.ts`) && !paths.has(`${tested}.tsx`)
      })
    expect(strays).toEqual([])
  })

  it('are short enough to be read at once', () => {
    const long = files.filter(({ text }) => text.split('\n').length > 260).map(({ path }) => path)
    expect(long).toEqual([])
  })

  it('have each folder told in the README', () => {
    const readme = readFileSync(join(root, 'README.md'), 'utf8')
    const folders = new Set(sources.map(({ path }) => dirname(path)).filter((path) => path !== '.'))
    const untold = [...folders].filter((folder) => !readme.includes(`\`src/${folder}\``))
    expect(untold).toEqual([])
  })

  it('name the generated schemas in one place', () => {
    const namers = sources.filter(({ text }) => /schema\.gen/.test(text)).map(({ path }) => path)
    expect(namers.toSorted()).toEqual(['api/client.ts', 'api/types.ts'])
  })
})
