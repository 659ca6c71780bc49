import { expect, it } from 'vitest'
import { anImage } from '../../testing/examples'
import { emptyForm, fieldErrors, formOf, patchOf, requestOf, withTemplate } from './form-values'

it('an image by Dockerfile is sent with its context files', () => {
  const files = [{ path: 'app.conf', content: 'port=80' }]
  expect(requestOf({ ...emptyForm, name: 'api', dockerfile: 'FROM scratch', files })).toEqual({
    name: 'api',
    dockerfile: 'FROM scratch',
    files: { 'app.conf': 'port=80' },
    buildArgs: {},
  })
})

it('an image by reference is sent without a Dockerfile', () => {
  const form = { ...emptyForm, name: 'pg', kind: 'reference' as const, reference: 'postgres:18' }
  expect(requestOf(form)).toEqual({ name: 'pg', reference: 'postgres:18' })
})

it('a revision sends only what changed', () => {
  const image = anImage()
  expect(patchOf(image, formOf(image))).toEqual({})
  expect(patchOf(image, { ...formOf(image), dockerfile: 'FROM trailer/base' })).toEqual({
    dockerfile: 'FROM trailer/base',
  })
})

it('a revision from Dockerfile to reference takes the Dockerfile away', () => {
  const image = anImage()
  const form = { ...formOf(image), kind: 'reference' as const, reference: 'postgres:18' }
  expect(patchOf(image, form)).toEqual({ reference: 'postgres:18', dockerfile: null })
})

it('what the server says about a context file is shown at that file', () => {
  const form = { ...emptyForm, files: [{ path: 'etc/app.conf', content: '' }] }
  const errors = [{ pointer: '/files/etc~1app.conf', code: 'invalid', message: 'no' }]
  expect(fieldErrors(errors, form)).toEqual({ 'files.0.path': 'No' })
})

it('a template fills in what it knows and keeps the name that was chosen', () => {
  const template = {
    name: 'node',
    title: 'Node.js',
    dockerfile: 'FROM trailer/base',
    files: { start: 'node .' },
  }
  const filled = withTemplate(emptyForm, template)
  expect(filled).toMatchObject({ name: 'node', dockerfile: 'FROM trailer/base' })
  expect(filled.files).toEqual([{ path: 'start', content: 'node .' }])
  expect(withTemplate({ ...emptyForm, name: 'mine' }, template).name).toBe('mine')
})

it('a registry secret goes with either kind, and is taken away by choosing none', () => {
  const form = {
    ...emptyForm,
    name: 'pg',
    kind: 'reference' as const,
    reference: 'registry.example/pg:1',
    registrySecret: 'registry',
  }
  expect(requestOf(form)).toEqual({
    name: 'pg',
    reference: 'registry.example/pg:1',
    registrySecret: 'registry',
  })
  const from = { ...form, kind: 'dockerfile' as const, dockerfile: 'FROM registry.example/pg:1' }
  expect(requestOf(from)).toMatchObject({
    dockerfile: 'FROM registry.example/pg:1',
    registrySecret: 'registry',
  })
  const [version] = anImage().versions
  const image = anImage({
    versions: version
      ? [{ ...version, dockerfile: null, reference: 'a/b', registrySecret: 'x' }]
      : [],
  })
  expect(patchOf(image, { ...formOf(image), registrySecret: '' })).toEqual({ registrySecret: null })
})
