import type { Build, Image, ImageVersion } from '../../api/types'

/** What the screens derive from an image. */
export const newestVersions = (image: Image): ImageVersion[] =>
  image.versions.toSorted((a, b) => b.version - a.version)

export const newestBuilds = (image: Image): Build[] =>
  image.builds.toSorted((a, b) => b.build - a.build)

export const latestVersion = (image: Image): ImageVersion | undefined => newestVersions(image)[0]

export const latestBuild = (image: Image): Build | undefined => newestBuilds(image)[0]

export function sourceWords(version: ImageVersion): string {
  if (version.reference) return version.reference
  return version.base ? `Dockerfile, on ${version.base.name}:${version.base.version}` : 'Dockerfile'
}
