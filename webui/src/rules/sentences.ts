import type { Fact } from '../api/types'

/** A fact as people read it: who did what to what, and a detail worth knowing. */
export interface Sentence {
  who: string
  did: string
  /** The name of what it was done to; the screen links it where it has a page. */
  what: string
  detail: string | null
}

type Words = string | ((data: Fact['data']) => string)

const said = (value: unknown): string => (typeof value === 'string' ? value : '')

const stops: Record<string, string> = {
  'auto-stop': 'stopped, its time being over, workspace',
  drain: 'stopped, its host being drained, workspace',
}

/** Verbs of the events this client knows. Others are read from their name, never left out. */
const verbs: Record<string, Words> = {
  'workspace.created': 'created workspace',
  'workspace.changed': 'changed workspace',
  'workspace.start-requested': 'started workspace',
  'workspace.stop-requested': (data) => stops[said(data['cause'])] ?? 'stopped workspace',
  'workspace.restart-requested': 'restarted workspace',
  'workspace.deleted': 'deleted workspace',
  'workspace.observed': 'reported on workspace',
  'workspace.removed': 'finished removing workspace',
  'image.defined': 'defined image',
  'image.revised': 'revised image',
  'image.retired': 'retired image',
  'image.build-requested': 'asked for a build of image',
  'image.build-recorded': 'reported on a build of image',
  'image.build-cancelled': 'cancelled a build of image',
  'image.version-gone': (data) =>
    `no longer has version ${String(data['version'])}${data['unneededSince'] ? ', which nothing needed,' : ''} of image`,
  'host.registered': 'registered host',
  'host.enrolled': 'enrolled host',
  'host.capability-reported': 'reported the capability of host',
  'host.lost': 'lost contact with host',
  'host.returned': 'heard from host',
  'host.cordoned': 'cordoned host',
  'host.resumed': 'resumed host',
  'host.drained': 'drained host',
  'host.token-rotated': (data) =>
    data['revoked'] === true ? 'shut out the agent of host' : 'rotated the token of host',
  'host.abandoned': 'gave up host',
  'host.removed': 'removed host',
  'volume.created': 'created volume',
  'volume.provided': 'created volume',
  'volume.copy-requested': 'asked for a copy, volume',
  'volume.copied': 'finished copying volume',
  'volume.restore-began': 'began to restore into volume',
  'volume.restored': 'restored volume',
  'volume.attached': 'attached volume',
  'volume.detached': 'detached and kept volume',
  'volume.deleted': 'deleted volume',
  'volume.removed': 'finished removing volume',
  'secret.created': 'created secret',
  'secret.renewed': 'gave a new value to secret',
  'secret.deleted': 'erased secret',
}

/** `host.disk-pressure-seen` of an unknown kind reads as "disk pressure seen: host". */
function fromName(type: string): string {
  const [kind = 'something', ...rest] = type.split('.')
  const words = rest.join(' ').replaceAll(/[-_]/g, ' ')
  return words === '' ? kind : `${words}: ${kind}`
}

function actorName(actor: Fact['actor']): string {
  if (actor.kind === 'system') return 'Trailer'
  const name = actor.name || actor.id
  return actor.kind === 'agent' ? `Agent on ${name}` : name
}

type Fields = Readonly<Record<string, unknown>>

const fields = (value: unknown): Fields =>
  typeof value === 'object' && value !== null ? (value as Fields) : {}

/** An observation is worth its phase, a build its outcome; a reason is worth its words. */
function detailOf(data: Fields): string | null {
  const within = [
    data,
    fields(data['observation']),
    fields(data['observed']),
    fields(data['outcome']),
  ]
  for (const each of within) {
    const message = said(fields(each['reason'])['message'])
    if (message !== '') return message
  }
  for (const each of within) {
    const state = said(each['phase']) || said(each['state'])
    const step = said(fields(each['reason'])['step']).replaceAll('-', ' ')
    if (state !== '') return `now ${state.toLowerCase()}${step === '' ? '' : `: ${step}`}`
  }
  return null
}

/** Names by id, for the many facts that carry only their resource's id. */
export type Names = ReadonlyMap<string, string>

/** What is known, and what these facts (the newest first) say of names themselves. */
export function namesIn(facts: Fact[], known: Names): Names {
  const names = new Map<string, string>()
  for (const { resource } of facts.toReversed()) {
    if (resource.name) names.set(resource.id, resource.name)
  }
  for (const [id, name] of known) names.set(id, name)
  return names
}

/** Enough of an id to tell two apart by sight: its end, for the beginning is the time. */
const shortId = (id: string): string => (id.length > 12 ? `…${id.slice(-8)}` : id)

export function sentenceOf(fact: Fact, names: Names = new Map()): Sentence {
  const words = verbs[fact.type] ?? fromName(fact.type)
  return {
    who: actorName(fact.actor),
    did: typeof words === 'string' ? words : words(fact.data),
    what: fact.resource.name ?? names.get(fact.resource.id) ?? shortId(fact.resource.id),
    detail: detailOf(fields(fact.data)),
  }
}
