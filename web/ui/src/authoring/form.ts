/** What the form shows: which keys, in which order, under which heading. Pure; what they mean comes from the schema. */

import type { Step } from './yaml-tree'

export interface Group {
  id: 'basics' | 'product' | 'goal' | 'room'
  path: string[]
  keys: string[]
}

export interface ListGroup {
  id: 'points' | 'viewers' | 'stages' | 'events' | 'goals'
  path: string[]
  keys: string[]
  /** The keys that name an entry in its heading. */
  named: string[]
}

export const BASICS = ['title', 'id', 'locale', 'category', 'difficulty', 'duration_sec', 'intensity_cap', 'kind', 'skill', 'author', 'created', 'expires', 'version']
export const PRODUCT = ['name', 'gifts', 'stock', 'certificates', 'must_not_say']
export const PRICE = ['list', 'live', 'floor', 'currency']
export const PASS = ['overall', 'blockers']
export const ROOM = ['cues', 'seed', 'platform', 'material_connection']
export const DENSITY = ['lines_per_min', 'hostile_share', 'cut_ins', 'voice_share']

export const POINTS: ListGroup = {
  id: 'points',
  path: ['product', 'selling_points'],
  keys: ['id', 'priority', 'title', 'statement', 'must_facts', 'aliases'],
  named: ['title', 'id'],
}
export const VIEWERS: ListGroup = {
  id: 'viewers',
  path: ['viewers'],
  keys: [
    'id', 'name', 'type', 'channel', 'floor', 'style', 'patience', 'price_limit', 'min_gift', 'hostility', 'attention_sec', 'care', 'claim',
    'complaint', 'evidence_needed',
  ],
  named: ['name', 'id'],
}
export const STAGES: ListGroup = { id: 'stages', path: ['stages'], keys: ['name', 'until_sec'], named: ['name'] }
export const EVENTS: ListGroup = {
  id: 'events',
  path: ['events'],
  keys: ['at_sec', 'when', 'stage', 'point', 'move', 'after_sec', 'kind', 'viewer', 'intent', 'viewers', 'to', 'price', 'count', 'for_sec', 'pressure'],
  named: ['at_sec', 'when', 'kind', 'viewer'],
}
export const GOALS: ListGroup = { id: 'goals', path: ['goals'], keys: ['id', 'kind', 'title', 'pass'], named: ['title', 'id'] }

/** Keys that only some entries need; the rest are always shown. */
const ONLY_WITH: { [list: string]: { [key: string]: (value: (key: string) => string | null) => boolean } } = {
  viewers: {
    care: (value) => value('type') === 'special_care',
    claim: (value) => value('type') === 'bait',
    complaint: (value) => value('type') === 'angry_returner',
    floor: (value) => value('channel') !== 'chat' && value('channel') !== null,
    min_gift: (value) => value('type') === 'haggler',
  },
  events: {
    when: (value) => value('at_sec') === null,
    at_sec: (value) => value('when') === null,
    stage: (value) => value('when') === 'stage',
    point: (value) => value('when') === 'point_covered',
    move: (value) => value('when') === 'reading',
    after_sec: (value) => value('when') === 'silence',
    intent: (value) => (value('kind') ?? 'line') === 'line',
    viewer: (value) => ['line', 'pile_on'].includes(value('kind') ?? 'line') || (value('when') ?? '').startsWith('viewer_'),
    viewers: (value) => value('kind') === 'pile_on',
    to: (value) => (value('kind') ?? '').startsWith('audience_'),
    price: (value) => value('kind') === 'wrong_price',
    count: (value) => ['pile_on', 'raid'].includes(value('kind') ?? ''),
    for_sec: (value) => ['raid', 'link_failure', 'zero_orders', 'wrong_price'].includes(value('kind') ?? ''),
  },
}

/** The keys of an entry that make sense for it; a key that is written is always shown. */
export function keysFor(group: ListGroup, value: (key: string) => string | null, written: readonly string[]): string[] {
  const rules = ONLY_WITH[group.id] ?? {}
  return group.keys.filter((key) => written.includes(key) || (rules[key]?.(value) ?? true))
}

/** A new entry that the linter takes, with an id nobody has. */
export function freshItem(group: ListGroup, taken: readonly string[], durationSec: number, viewer: string | null): { [key: string]: string | number | boolean } {
  const free = (stem: string): string => {
    let number = 1
    while (taken.includes(`${stem}-${number}`)) number += 1
    return `${stem}-${number}`
  }
  const half = Math.round(durationSec / 20) * 10
  switch (group.id) {
    case 'points':
      return { id: free('point'), priority: 'P1', title: '…', statement: '…' }
    case 'viewers':
      return { id: free('viewer'), type: 'friendly', name: '…', channel: 'chat' }
    case 'stages':
      return { name: free('stage') }
    case 'events':
      return viewer ? { at_sec: half, viewer, intent: 'push', pressure: true } : { at_sec: half, kind: 'zero_orders' }
    case 'goals':
      return { id: free('goal'), kind: 'unscored', title: '…' }
  }
}

/** `viewers[0].price_limit` and all under it. */
export const isUnder = (field: string, path: string): boolean => field === path || field.startsWith(`${path}.`) || field.startsWith(`${path}[`)

/** Rules of texts that are no YAML: a form of them would be guesswork. */
export const UNREADABLE = new Set([
  'syntax', 'colon', 'comma', 'tab', 'too_large', 'control_character', 'second_document', 'empty', 'odd_key', 'alias', 'tag', 'too_deep', 'not_keys', 'more_faults',
  'duplicate_key',
])

/** Where the names of a key's values stand: types of viewers are called as everywhere on the page. */
export const namesOf = (key: string): 'viewer' | 'editor.value' => (key === 'type' ? 'viewer' : 'editor.value')

/** A control's words as a value of the file; null takes the key away. */
export function typed(type: string | undefined, words: string): string | number | boolean | null {
  const text = words.trim()
  if (text === '') return null
  const isNumber = /^-?\d+(?:\.\d+)?$/.test(text)
  return (type === 'number' || type === 'integer') && isNumber ? Number(text) : type === 'boolean' ? text === 'true' : words
}

export type FormPath = Step[]
