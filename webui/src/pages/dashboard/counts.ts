import type { Host, Image, Page, Volume, Workspace } from '../../api/types'

export interface Count {
  /** `null` while it is not known; "50+" when there are more pages than were read. */
  total: string | null
  /** Parts worth naming, the alarming ones first. */
  parts: { label: string; color: string }[]
}

interface Pages<T> {
  pages: Page<T>[]
}

const unknown: Count = { total: null, parts: [] }

function part(count: number, word: string, color: string): Count['parts'] {
  return count > 0 ? [{ label: `${count} ${word}`, color }] : []
}

function totalOf<T>(pages: Page<T>[]): string {
  const count = pages.reduce((sum, page) => sum + page.items.length, 0)
  return pages.at(-1)?.next ? `${count}+` : String(count)
}

export function countWorkspaces(data: Pages<Workspace> | undefined): Count {
  if (!data) return unknown
  const all = data.pages.flatMap((page) => page.items)
  const inPhase = (...phases: string[]) =>
    all.filter((each) => phases.includes(each.observed.phase)).length
  return {
    total: totalOf(data.pages),
    parts: [
      ...part(inPhase('failed'), 'failed', 'red'),
      ...part(inPhase('unknown'), 'unknown', 'orange'),
      ...part(inPhase('running'), 'running', 'teal'),
      ...part(inPhase('pending', 'preparing', 'stopping'), 'changing', 'blue'),
      ...part(inPhase('stopped'), 'stopped', 'gray'),
    ],
  }
}

export function countHosts(page: Page<Host> | undefined): Count {
  if (!page) return unknown
  const inState = (state: Host['state']) => page.items.filter((each) => each.state === state).length
  return {
    total: totalOf([page]),
    parts: [
      ...part(inState('lost'), 'lost', 'red'),
      ...part(inState('online'), 'online', 'teal'),
      ...part(inState('registered'), 'awaiting agent', 'blue'),
      ...part(page.items.filter((each) => each.cordoned).length, 'cordoned', 'yellow'),
    ],
  }
}

export function countImages(page: Page<Image> | undefined): Count {
  if (!page) return unknown
  const active = page.items.filter((each) => each.state === 'active')
  const building = active.filter((image) => image.builds.some((each) => each.state === 'building'))
  const failed = active.filter((image) => newestBuild(image)?.state === 'failed')
  return {
    total: totalOf([{ ...page, items: active }]),
    parts: [
      ...part(failed.length, 'with a failed build', 'red'),
      ...part(building.length, 'building', 'blue'),
    ],
  }
}

const newestBuild = (image: Image) => image.builds.toSorted((a, b) => b.build - a.build)[0]

export function countVolumes(data: Pages<Volume> | undefined): Count {
  if (!data) return unknown
  const all = data.pages.flatMap((page) => page.items)
  return {
    total: totalOf(data.pages),
    parts: [
      ...part(all.filter((each) => each.state === 'in-use').length, 'in use', 'teal'),
      ...part(all.filter((each) => each.state === 'kept').length, 'kept', 'yellow'),
    ],
  }
}
