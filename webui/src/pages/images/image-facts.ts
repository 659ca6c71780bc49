import type { Build, Image, ImageVersion } from '../../api/types'

/** What the screens derive from an image. */
export const newestVersions = (image: Image): ImageVersion[] =>
  image.versions.toSorted((a, b) => b.version - a.version)

export const newestBuilds = (image: Image): Build[] =>
  image.builds.toSorted((a, b) => b.build - a.build)

/** A build that has not ended, and may be cancelled. */
export const goesOn = (build: Build): boolean =>
  build.state === 'requested' || build.state === 'building'

/** How long its host worked on it; `null` while it does, and where nothing had to be done. */
export const tookMillis = (build: Build): number | null =>
  build.startedAt && build.finishedAt
    ? Date.parse(build.finishedAt) - Date.parse(build.startedAt)
    : null

export const latestVersion = (image: Image): ImageVersion | undefined => newestVersions(image)[0]

export const latestBuild = (image: Image): Build | undefined => newestBuilds(image)[0]

export function sourceWords(version: ImageVersion): string {
  if (version.reference) return version.reference
  return version.base ? `Dockerfile, on ${version.base.name}:${version.base.version}` : 'Dockerfile'
}
