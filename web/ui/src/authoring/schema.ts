/** The published JSON Schema of a scenario file: what may stand at a path, and what it means. Pure. */

import { ANY, type Cursor } from './yaml-path'
import { keysAt, nodeAt, readTree, textAt, textsAt, type Node } from './yaml-tree'

export interface Spec {
  $ref?: string
  type?: string
  enum?: string[]
  anyOf?: Spec[]
  items?: Spec
  prefixItems?: Spec[]
  properties?: { [key: string]: Spec }
  additionalProperties?: Spec | boolean
  required?: string[]
  description?: string
  default?: unknown
  minimum?: number
  maximum?: number
  exclusiveMinimum?: number
  maxLength?: number
}

export interface Schema extends Spec {
  $defs: { [name: string]: Spec }
}

/** A spec with its reference followed and "or null" left out; what is said of the place wins over what is said of the type. */
export function plainSpec(schema: Schema, spec: Spec): Spec {
  const one = spec.anyOf?.find((part) => part.type !== 'null')
  const inner = one ?? (spec.$ref ? schema.$defs[spec.$ref.replace('#/$defs/', '')] : undefined)
  if (!inner) return spec
  const { anyOf: _anyOf, $ref: _ref, ...own } = spec
  return plainSpec(schema, { ...inner, ...own })
}

function inside(schema: Schema, spec: Spec | null, step: string | number): Spec | null {
  if (!spec) return null
  const isEntry = typeof step === 'number' || step === ANY
  const more = typeof spec.additionalProperties === 'object' ? spec.additionalProperties : undefined
  const found = isEntry ? (spec.items ?? spec.prefixItems?.[0]) : (spec.properties?.[step] ?? more)
  return found ? plainSpec(schema, found) : null
}

/** What may stand at a path; null where the schema knows nothing. */
export const specAt = (schema: Schema, path: readonly (string | number)[]): Spec | null =>
  path.reduce<Spec | null>((spec, step) => inside(schema, spec, step), schema)

/** Descriptions hold both languages, one a line. */
export function meaning(spec: Spec | null, language: 'zh' | 'en'): string {
  const [english = '', chinese = ''] = (spec?.description ?? '').split('\n')
  return language === 'zh' && chinese ? chinese : english
}

export interface Offer {
  label: string
  kind: 'key' | 'value' | 'id'
  detail: string
  spec: Spec | null
  isNeeded: boolean
  /** What follows the key when it is taken. */
  opens: '' | 'list' | 'map'
}

function opens(spec: Spec): Offer['opens'] {
  if (spec.type === 'array') return spec.items?.$ref || spec.items?.properties ? 'list' : ''
  return spec.type === 'object' ? 'map' : ''
}

function keyOffers(schema: Schema, spec: Spec | null, beside: readonly string[]): Offer[] {
  const taken = new Set(beside)
  return Object.entries(spec?.properties ?? {}).flatMap(([key, raw]) => {
    if (taken.has(key)) return []
    const one = plainSpec(schema, raw)
    const isNeeded = spec?.required?.includes(key) ?? false
    return { label: key, kind: 'key' as const, detail: detail(one), spec: one, isNeeded, opens: opens(one) }
  })
}

const SHAPES: { [type: string]: string } = { string: 'text', integer: '123', number: '1.5', boolean: 'true | false', array: '[ ]', object: '{ }' }

function detail(spec: Spec): string {
  if (spec.enum) return spec.enum.length > 4 ? `${spec.enum.slice(0, 3).join(' | ')} | …` : spec.enum.join(' | ')
  const low = spec.minimum ?? spec.exclusiveMinimum
  const range = low !== undefined && spec.maximum !== undefined ? ` ${low}–${spec.maximum}` : ''
  return (SHAPES[spec.type ?? ''] ?? '') + range
}

const value = (label: string, kind: 'value' | 'id' = 'value', about = ''): Offer => ({
  label,
  kind,
  detail: about,
  spec: null,
  isNeeded: false,
  opens: '',
})

/** Ids and names in the file that a value may refer to, with what they stand for. */
function references(root: Node | null, path: readonly string[], key: string): [string, string][] {
  const named = (list: string[], id: string, name: string): [string, string][] => {
    const node = nodeAt(root, list)
    const items = node?.kind === 'list' ? node.items.map((_item, at) => at) : []
    return items.flatMap((at) => {
      const found = textAt(root, [...list, at, id])
      return found ? [[found, textAt(root, [...list, at, name]) ?? ''] as [string, string]] : []
    })
  }
  const inEvents = path[0] === 'events'
  if (inEvents && (key === 'viewer' || key === 'viewers')) return named(['viewers'], 'id', 'name')
  if (inEvents && key === 'point') return named(['product', 'selling_points'], 'id', 'title')
  if (inEvents && key === 'stage') return named(['stages'], 'name', 'until_sec')
  if (key !== 'evidence_needed') return []
  const facts = keysAt(root, ['product', 'facts']).map((name) => [name, textAt(root, ['product', 'facts', name]) ?? ''] as [string, string])
  const papers = textsAt(root, ['product', 'certificates']).map((name) => [name, ''] as [string, string])
  return [...named(['product', 'selling_points'], 'id', 'title'), ...facts, ...papers]
}

function valueOffers(spec: Spec | null, known: [string, string][]): Offer[] {
  if (known.length > 0) return known.map(([label, about]) => value(label, 'id', about))
  if (spec?.enum) return spec.enum.map((label) => value(label))
  if (spec?.type === 'boolean') return [value('true'), value('false')]
  const usual = spec?.default
  return typeof usual === 'string' || typeof usual === 'number' ? (usual === '' ? [] : [value(String(usual))]) : []
}

/** What can be written at a cursor. */
export function offersAt(schema: Schema, text: string, cursor: Cursor): Offer[] {
  const root = readTree(text)
  const here = specAt(schema, cursor.path)
  if (cursor.typing === 'key') return keyOffers(schema, here, cursor.beside)
  if (cursor.typing === 'value') {
    const key = cursor.key ?? ''
    return valueOffers(specAt(schema, [...cursor.path, key]), references(root, cursor.path, key))
  }
  const list = cursor.path.findLast((step) => step !== ANY) ?? ''
  return [...keyOffers(schema, here, cursor.beside), ...valueOffers(here, references(root, cursor.path, list))]
}
