import type { FieldError, Image, ImageRequest, ImagePatch, ImageTemplate } from '../../api/types'
import { placeErrors, shownAt } from '../../rules/field-errors'
import { mergePatch } from '../../rules/merge-patch'
import { latestVersion } from './image-facts'

export type SourceKind = 'dockerfile' | 'reference'

/** An image as the form holds it. */
export interface ImageForm {
  name: string
  kind: SourceKind
  dockerfile: string
  reference: string
  registrySecret: string
  files: { path: string; content: string }[]
  buildArgs: { name: string; value: string }[]
}

export const emptyForm: ImageForm = {
  name: '',
  kind: 'dockerfile',
  dockerfile:
    'FROM trailer/base\n\nUSER root\nRUN apt-get update \\\n && apt-get install -y --no-install-recommends make\nUSER dev\n',
  reference: '',
  registrySecret: '',
  files: [],
  buildArgs: [],
}

/** A name that one has chosen already stays. */
export const withTemplate = (form: ImageForm, template: ImageTemplate): ImageForm => ({
  ...form,
  name: form.name.trim() === '' ? template.name : form.name,
  dockerfile: template.dockerfile,
  files: Object.entries(template.files).map(([path, content]) => ({ path, content })),
})

export function formOf(image: Image): ImageForm {
  const version = latestVersion(image)
  return {
    name: image.name,
    kind: version?.reference ? 'reference' : 'dockerfile',
    dockerfile: version?.dockerfile ?? '',
    reference: version?.reference ?? '',
    registrySecret: version?.registrySecret ?? '',
    files: Object.entries(version?.files ?? {}).map(([path, content]) => ({ path, content })),
    buildArgs: Object.entries(version?.buildArgs ?? {}).map(([name, value]) => ({ name, value })),
  }
}

const sourceOf = (form: ImageForm) => ({
  dockerfile: form.dockerfile,
  files: Object.fromEntries(form.files.map(({ path, content }) => [path.trim(), content])),
  buildArgs: Object.fromEntries(form.buildArgs.map(({ name, value }) => [name.trim(), value])),
})

export function requestOf(form: ImageForm): ImageRequest {
  const name = form.name.trim()
  return {
    name,
    ...(form.kind === 'reference' ? { reference: form.reference.trim() } : sourceOf(form)),
    ...(form.registrySecret === '' ? {} : { registrySecret: form.registrySecret }),
  }
}

/** What changes of the latest version; the other kind of source is taken away with `null`. */
export function patchOf(image: Image, form: ImageForm): ImagePatch {
  const before = latestVersion(image) ?? {}
  const source =
    form.kind === 'reference'
      ? { reference: form.reference.trim(), dockerfile: null, files: {}, buildArgs: {} }
      : { reference: null, ...sourceOf(form) }
  const after = { ...source, registrySecret: form.registrySecret || null }
  return mergePatch(before, after)
}

function pathOf(pointer: string, form: ImageForm): string | null {
  const [, field = '', key = ''] = pointer.split('/')
  if (['name', 'dockerfile', 'reference', 'registrySecret'].includes(field)) return field
  const name = key.replaceAll('~1', '/').replaceAll('~0', '~')
  if (field === 'files') {
    const at = form.files.findIndex((each) => each.path.trim() === name)
    return at < 0 ? null : `files.${at}.path`
  }
  if (field === 'buildArgs') {
    const at = form.buildArgs.findIndex((each) => each.name.trim() === name)
    return at < 0 ? null : `buildArgs.${at}.name`
  }
  return null
}

/** The server's field errors, by path of the form; those without a place are left to the page. */
export const fieldErrors = (errors: FieldError[], form: ImageForm): Record<string, string> =>
  placeErrors(errors, (pointer) => pathOf(pointer, form))

export const shownPointers = (errors: FieldError[], form: ImageForm): Set<string> =>
  shownAt(errors, (pointer) => pathOf(pointer, form))
