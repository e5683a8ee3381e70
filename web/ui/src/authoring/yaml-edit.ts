/** Changes of a YAML text at their place, so that comments and layout stay as the author left them. Pure. */

import { nodeAt, readTree, type Item, type Node, type Pair, type Path } from './yaml-tree'

export interface Change {
  from: number
  to: number
  insert: string
}

export type Value = string | number | boolean | readonly Value[] | { readonly [key: string]: Value }

/** Plain texts that YAML would take for something else. */
const OTHERWISE = /^(?:null|true|false|yes|no|on|off|y|n|~|[\d_.e+:-]+)$/i
const BEGINS_ODDLY = /^[-?:,[\]{}#&*!|>'"%@`]/
const ENDS_A_VALUE = /: | #|:$|[\n\t]/
const NOT_IN_FLOW = /[,[\]{}，、]/

function mustQuote(text: string, flow: boolean): boolean {
  const odd = text === '' || text !== text.trim() || OTHERWISE.test(text) || BEGINS_ODDLY.test(text)
  return odd || ENDS_A_VALUE.test(text) || (flow && NOT_IN_FLOW.test(text))
}

function scalarText(value: string | number | boolean, flow: boolean, quote = ''): string {
  if (typeof value !== 'string') return String(value)
  if (quote === "'" && !value.includes('\n')) return `'${value.replaceAll("'", "''")}'`
  return quote === '"' || mustQuote(value, flow) ? JSON.stringify(value) : value
}

/** A value on one line. */
export function inline(value: Value, flow = true): string {
  if (Array.isArray(value)) return `[${value.map((one) => inline(one as Value)).join(', ')}]`
  if (typeof value === 'object') {
    const pairs = Object.entries(value as { [key: string]: Value })
    return `{${pairs.map(([key, one]) => `${scalarText(key, true)}: ${inline(one)}`).join(', ')}}`
  }
  return scalarText(value as string | number | boolean, flow)
}

const lineStart = (text: string, at: number): number => text.lastIndexOf('\n', at - 1) + 1
function lineEnd(text: string, at: number): number {
  const found = text.indexOf('\n', at)
  return found < 0 ? text.length : found
}
const column = (text: string, at: number): number => at - lineStart(text, at)

// --- keys -----------------------------------------------------------------------------------------------------

function pairText(key: string, value: Value, flow: boolean, indent: string): string {
  const name = scalarText(key, flow)
  const isLongList = !flow && Array.isArray(value) && value.some((one) => typeof one === 'object')
  if (!isLongList) return `${name}: ${inline(value, flow)}`
  return `${name}:\n${(value as readonly Value[]).map((one) => `${indent}  - ${inline(one)}`).join('\n')}`
}

function addPair(text: string, map: Node & { kind: 'map' }, key: string, value: Value, order: readonly string[]): Change {
  const earlier = new Set(order.slice(0, Math.max(0, order.indexOf(key))))
  const before = map.pairs.findLast((one) => earlier.has(one.key)) ?? (order.includes(key) ? undefined : map.pairs.at(-1))
  if (map.flow) {
    if (map.pairs.length === 0) return { from: map.from + 1, to: map.to - 1, insert: pairText(key, value, true, '') }
    const added = pairText(key, value, true, '')
    if (before) return { from: before.to, to: before.to, insert: `, ${added}` }
    const first = map.pairs[0] as Pair
    return { from: first.from, to: first.from, insert: `${added}, ` }
  }
  const indent = ' '.repeat(column(text, (map.pairs[0] as Pair).from))
  const added = pairText(key, value, false, indent)
  if (before) {
    const at = lineEnd(text, before.to)
    return { from: at, to: at, insert: `\n${indent}${added}` }
  }
  const first = map.pairs[0] as Pair
  return { from: first.from, to: first.from, insert: `${added}\n${indent}` }
}

function replaceValue(pair: Pair, value: Value, flow: boolean): Change {
  const old = pair.value
  if (!old) return { from: pair.to, to: pair.to, insert: ` ${inline(value, flow)}` }
  const plain = typeof value !== 'object'
  const insert = plain && old.kind === 'text' ? scalarText(value, flow, old.quote) : inline(value, flow)
  return { from: old.from, to: old.to, insert }
}

/** Whether what stands at `path` is inside brackets. */
function inFlow(root: Node | null, path: Path): boolean {
  return path.some((_step, at) => {
    const node = nodeAt(root, path.slice(0, at))
    return node?.kind !== 'text' && node?.flow === true
  })
}

function writeItem(root: Node | null, path: Path, value: Value): Change[] {
  const old = nodeAt(root, path)
  if (!old) return []
  const insert = typeof value === 'object' ? inline(value) : scalarText(value, inFlow(root, path), old.kind === 'text' ? old.quote : '')
  return [{ from: old.from, to: old.to, insert }]
}

/** Add a key at the end of the text; the top of a file is a block. */
function addAtTop(text: string, key: string, value: Value): Change[] {
  const gap = text === '' || text.endsWith('\n') ? '' : '\n'
  return [{ from: text.length, to: text.length, insert: `${gap}${pairText(key, value, false, '')}\n` }]
}

/** Write a value at a path; keys that are missing on the way are added. `order` is the usual order of keys there. */
export function setValue(text: string, path: Path, value: Value, order: readonly string[] = []): Change[] {
  const root = readTree(text)
  const key = path.at(-1)
  if (key === undefined) return []
  if (typeof key === 'number') return writeItem(root, path, value)
  const parent = nodeAt(root, path.slice(0, -1))
  if (parent?.kind === 'map') {
    const pair = parent.pairs.find((one) => one.key === key)
    if (pair) return [replaceValue(pair, value, inFlow(root, path))]
    if (parent.flow || parent.pairs.length > 0) return [addPair(text, parent, key, value, order)]
  }
  // The parent is missing, or is no mapping: it is written with this one key in it.
  return path.length === 1 ? addAtTop(text, key, value) : setValue(text, path.slice(0, -1), { [key]: value })
}

/** Take a key away, with its line where it has one. */
export function removeKey(text: string, path: Path): Change[] {
  const parent = nodeAt(readTree(text), path.slice(0, -1))
  if (parent?.kind !== 'map') return []
  const at = parent.pairs.findIndex((one) => one.key === path.at(-1))
  const pair = parent.pairs[at]
  if (!pair) return []
  if (parent.pairs.length === 1) return [{ from: parent.from, to: parent.to, insert: '{}' }]
  if (parent.flow) return [cutFromFlow(parent.pairs, at)]
  const next = parent.pairs[at + 1]
  const sharesLine = text.slice(lineStart(text, pair.from), pair.from).trim() !== ''
  if (sharesLine && next) return [{ from: pair.from, to: next.from, insert: '' }]
  return [cutLines(text, pair)]
}

export function renameKey(text: string, path: Path, name: string): Change[] {
  const root = readTree(text)
  const parent = nodeAt(root, path.slice(0, -1))
  const pair = parent?.kind === 'map' ? parent.pairs.find((one) => one.key === path.at(-1)) : undefined
  return pair ? [{ from: pair.keyFrom, to: pair.keyTo, insert: scalarText(name, inFlow(root, path)) }] : []
}

// --- lists ----------------------------------------------------------------------------------------------------

function cutFromFlow(parts: readonly { from: number; to: number }[], at: number): Change {
  const part = parts[at] as { from: number; to: number }
  const next = parts[at + 1]
  if (next) return { from: part.from, to: next.from, insert: '' }
  return { from: parts[at - 1]?.to ?? part.from, to: part.to, insert: '' }
}

function cutLines(text: string, part: { from: number; to: number }): Change {
  const from = lineStart(text, part.from)
  const end = lineEnd(text, part.to)
  return end < text.length ? { from, to: end + 1, insert: '' } : { from: Math.max(0, from - 1), to: end, insert: '' }
}

function blockItem(value: Value, indent: string): string {
  if (typeof value !== 'object' || Array.isArray(value)) return `${indent}- ${inline(value)}`
  const pairs = Object.entries(value as { [key: string]: Value })
  return pairs.map(([key, one], at) => `${indent}${at === 0 ? '- ' : '  '}${pairText(key, one, false, `${indent}  `)}`).join('\n')
}

/** Add an entry at the end of a list, written as the entries before it are. */
export function addItem(text: string, path: Path, value: Value, order: readonly string[] = []): Change[] {
  const list = nodeAt(readTree(text), path)
  if (list?.kind !== 'list') return setValue(text, path, [value], order)
  const end = list.items.at(-1)
  if (!end) return [{ from: list.from, to: list.to, insert: `[${inline(value)}]` }]
  if (list.flow) return [{ from: end.to, to: end.to, insert: `, ${inline(value)}` }]
  const indent = ' '.repeat(column(text, end.from))
  const isBlock = end.value?.kind === 'map' && !end.value.flow
  const at = lineEnd(text, end.to)
  return [{ from: at, to: at, insert: `\n${isBlock ? blockItem(value, indent) : `${indent}- ${inline(value, false)}`}` }]
}

export function removeItem(text: string, path: Path, at: number): Change[] {
  const list = nodeAt(readTree(text), path)
  if (list?.kind !== 'list') return []
  const item = list.items[at]
  if (!item) return []
  if (list.items.length > 1) return [list.flow ? cutFromFlow(list.items, at) : cutLines(text, item)]
  // The list stays, empty; of a block list its lines go.
  if (list.flow) return [{ from: list.from, to: list.to, insert: '[]' }]
  return [{ from: text.slice(0, lineStart(text, item.from)).trimEnd().length, to: lineEnd(text, item.to), insert: ' []' }]
}

/** Swap an entry with the one before (`by` -1) or after it (`by` 1). */
export function moveItem(text: string, path: Path, at: number, by: -1 | 1): Change[] {
  const list = nodeAt(readTree(text), path)
  if (list?.kind !== 'list') return []
  const [first, second] = [list.items[Math.min(at, at + by)], list.items[Math.max(at, at + by)]]
  if (!first || !second || at + by < 0) return []
  const end = (item: Item): number => (list.flow ? item.to : lineEnd(text, item.to))
  const one = text.slice(first.from, end(first))
  const two = text.slice(second.from, end(second))
  return [
    { from: first.from, to: end(first), insert: two },
    { from: second.from, to: end(second), insert: one },
  ]
}

/** Make a list of short texts say this; entries that stay are not touched where the list has lines of its own. */
export function setTexts(text: string, path: Path, wanted: readonly string[], order: readonly string[] = []): Change[] {
  const list = nodeAt(readTree(text), path)
  if (list?.kind !== 'list' || list.flow || wanted.length < list.items.length) return setValue(text, path, wanted, order)
  const changes = list.items.flatMap((item, at) => {
    const word = wanted[at] as string
    return item.value?.kind === 'text' && item.value.text !== word
      ? [{ from: item.value.from, to: item.value.to, insert: scalarText(word, false, item.value.quote) }]
      : []
  })
  const end = list.items.at(-1) as Item
  const indent = ' '.repeat(column(text, end.from))
  const added = wanted.slice(list.items.length).map((word) => `\n${indent}- ${scalarText(word, false)}`)
  const at = lineEnd(text, end.to)
  return added.length > 0 ? [...changes, { from: at, to: at, insert: added.join('') }] : changes
}

export function applied(text: string, changes: readonly Change[]): string {
  return [...changes]
    .sort((one, other) => other.from - one.from)
    .reduce((whole, change) => whole.slice(0, change.from) + change.insert + whole.slice(change.to), text)
}
