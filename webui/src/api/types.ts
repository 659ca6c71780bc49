/**
 * The words of the API as the screens use them. The only file that names schemas of the generated
 * document, so a renamed schema is mended here and nowhere else.
 */
import type { components } from './schema.gen'

type Schemas = components['schemas']

/** Every field present: the server always writes all of them, `null` where there is nothing. */
type Present<T> = T extends (infer E)[]
  ? Present<E>[]
  : T extends object
    ? { [K in keyof T]-?: Present<Exclude<T[K], undefined>> }
    : T

export type Me = Present<Schemas['Me']>
export type FieldError = Present<Schemas['FieldError']>
export type Problem = Present<Schemas['Problem']>
export type Remedy = Present<Schemas['Remedy']>
export type Reason = Present<Schemas['Reason']>
export type Resources = Present<Schemas['Resources']>

export type Workspace = Present<Schemas['Workspace']>
export type Phase = Workspace['observed']['phase']
export type WorkspaceRequest = Schemas['WorkspaceRequest']
export type WorkspacePatch = Schemas['WorkspacePatch']
export type Visibility = Workspace['apps'][number]['visibility']

export type Image = Present<Schemas['Image']>
export type ImageVersion = Image['versions'][number]
export type Build = Image['builds'][number]
export type ImageRequest = Schemas['ImageRequest']
export type ImagePatch = Schemas['ImagePatch']

export type Host = Present<Schemas['Host']>
export type RegisteredHost = Present<Schemas['RegisteredHost']>

export type Volume = Present<Schemas['Volume']>

export type Fact = Present<Schemas['Fact']>

/** One page of a list; `next` is the cursor of the following page. */
export interface Page<T> {
  items: T[]
  next: string | null
}
