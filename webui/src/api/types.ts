/**
 * The words of the API as the screens use them. The only file that names schemas of the generated
 * document, so a renamed schema is mended here and nowhere else.
 */
import type { components } from './schema.gen'

type Schemas = components['schemas']

export type Me = Schemas['Me']
export type FieldError = Schemas['FieldError']
export type Problem = Schemas['Problem']
export type Remedy = Schemas['Remedy']
export type Reason = Schemas['Reason']
export type Resources = Schemas['Resources']

export type Workspace = Schemas['Workspace']
export type Phase = Schemas['Observed']['phase']
export type Health = NonNullable<Schemas['Observed']['health']>
export type WorkspaceRequest = Schemas['WorkspaceRequest']
export type WorkspacePatch = Schemas['WorkspacePatch']
export type Visibility = Schemas['App']['visibility']

export type Attempt = Schemas['Attempt']
export type AttemptStep = Schemas['AttemptStep']

export type Image = Schemas['Image']
export type ImageVersion = Schemas['ImageVersion']
export type Build = Schemas['ImageBuild']
export type HeldVersion = Schemas['HeldVersion']
export type ImageTemplate = Schemas['ImageTemplate']
export type ImageRequest = Schemas['ImageRequest']
export type ImagePatch = Schemas['ImagePatch']

export type Host = Schemas['Host']
export type HostImages = Schemas['HostImages']
export type Gpu = Schemas['Gpu']
export type RegisteredHost = Schemas['RegisteredHost']
export type RotatedToken = Schemas['RotatedToken']
export type DryRun = Schemas['DryRun']
export type Consequence = Schemas['Consequence']

export type Metrics = Schemas['Metrics']
export type MetricsPoint = Schemas['MetricsPoint']
export type GpuMetricsPoint = Schemas['GpuMetricsPoint']

export type Volume = Schemas['Volume']

export type Secret = Schemas['Secret']
export type SecretRequest = Schemas['SecretRequest']

export type Fact = Schemas['Fact']

/** One page of a list; `next` is the cursor of the following page. */
export interface Page<T> {
  items: T[]
  next: string | null
}
