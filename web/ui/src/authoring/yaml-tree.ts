/** A YAML text as nodes with their places, so that a form can read it and change it where it stands. */

import { yamlLanguage } from '@codemirror/lang-yaml'
import type { SyntaxNode } from '@lezer/common'

export type Step = string | number
export type Path = readonly Step[]

export interface Pair {
  key: string
  keyFrom: number
  keyTo: number
  /** Null where nothing follows the colon. */
  value: Node | null
  from: number
  /** After the last character of what it says; comments behind it do not count. */
  to: number
}

export interface Item {
  value: Node | null
  /** Of a block item: at its dash. */
  from: number
  to: number
}

export type Node =
  | { kind: 'text'; from: number; to: number; text: string; quote: '' | '"' | "'" | '|' }
  | { kind: 'map'; flow: boolean; from: number; to: number; pairs: Pair[] }
  | { kind: 'list'; flow: boolean; from: number; to: number; items: Item[] }

const ESCAPES: { [letter: string]: string } = { n: '\n', t: '\t', r: '\r', '"': '"', '\\': '\\', '/': '/', '0': '\0', ' ': ' ' }

function unescaped(body: string): string {
  return body.replace(/\\(?:u([0-9a-fA-F]{4})|x([0-9a-fA-F]{2})|([\s\S]))/g, (_whole, wide, narrow, letter) =>
    letter === undefined ? String.fromCharCode(parseInt(wide ?? narrow, 16)) : (ESCAPES[letter] ?? letter),
  )
}

/** Lines of one scalar are folded: one break is a space, an empty line is a break. */
const folded = (body: string): string => body.replace(/[ \t]*\n[ \t]*/g, '\n').replace(/\n+/g, (run) => '\n'.repeat(run.length - 1) || ' ')

function blockText(raw: string): string {
  const [head = '', ...lines] = raw.split('\n')
  const indent = Math.min(...lines.filter((line) => line.trim()).map((line) => line.length - line.trimStart().length))
  const body = lines.map((line) => line.slice(Number.isFinite(indent) ? indent : 0)).join('\n').trimEnd()
  return head.startsWith('>') ? body.replace(/([^\n])\n(?=[^\n])/g, '$1 ') : body
}

function scalar(node: SyntaxNode, source: string): Node {
  const raw = source.slice(node.from, node.to).trimEnd()
  const to = node.from + raw.length
  if (node.name === 'BlockLiteral') return { kind: 'text', from: node.from, to, text: blockText(raw), quote: '|' }
  const body = raw.slice(1, -1)
  if (node.name === 'QuotedLiteral' && raw.startsWith('"'))
    return { kind: 'text', from: node.from, to, text: unescaped(folded(body)), quote: '"' }
  if (node.name === 'QuotedLiteral')
    return { kind: 'text', from: node.from, to, text: folded(body).replaceAll("''", "'"), quote: "'" }
  return { kind: 'text', from: node.from, to, text: folded(raw), quote: '' }
}

function children(node: SyntaxNode): SyntaxNode[] {
  const found: SyntaxNode[] = []
  for (let child = node.firstChild; child; child = child.nextSibling) found.push(child)
  return found
}

const VALUES = new Set(['Literal', 'QuotedLiteral', 'BlockLiteral', 'BlockMapping', 'FlowMapping', 'BlockSequence', 'FlowSequence'])

function valueIn(node: SyntaxNode, source: string): Node | null {
  const child = children(node).find((one) => VALUES.has(one.name))
  return child ? read(child, source) : null
}

function pair(node: SyntaxNode, source: string): Pair | null {
  const key = node.getChild('Key')
  const name = key && valueIn(key, source)
  if (!key || name?.kind !== 'text') return null
  const value = valueIn(node, source)
  const colon = node.getChild(':')
  return { key: name.text, keyFrom: name.from, keyTo: name.to, value, from: node.from, to: value?.to ?? colon?.to ?? key.to }
}

function item(node: SyntaxNode, source: string, flow: boolean): Item {
  const value = valueIn(node, source)
  const dash = node.prevSibling
  const from = flow || dash?.name !== '-' ? node.from : dash.from
  return { value, from, to: value?.to ?? node.to }
}

const last = <T extends { to: number }>(parts: readonly T[], otherwise: number): number => parts.at(-1)?.to ?? otherwise

function read(node: SyntaxNode, source: string): Node {
  const flow = node.name.startsWith('Flow')
  if (node.name.endsWith('Mapping')) {
    const pairs = children(node).flatMap((one) => (one.name === 'Pair' ? (pair(one, source) ?? []) : []))
    return { kind: 'map', flow, from: node.from, to: flow ? node.to : last(pairs, node.to), pairs }
  }
  if (node.name.endsWith('Sequence')) {
    const items = children(node).flatMap((one) => (one.name === 'Item' ? item(one, source, flow) : []))
    return { kind: 'list', flow, from: node.from, to: flow ? node.to : last(items, node.to), items }
  }
  return scalar(node, source)
}

/** The root of a text; null for an empty one. Broken texts give what can be told. */
export function readTree(source: string): Node | null {
  const document = yamlLanguage.parser.parse(source).topNode.getChild('Document')
  return document ? valueIn(document, source) : null
}

function child(node: Node | null, step: Step): Node | null {
  if (node?.kind === 'map') return node.pairs.find((one) => one.key === step)?.value ?? null
  if (node?.kind === 'list' && typeof step === 'number') return node.items[step]?.value ?? null
  return null
}

export const nodeAt = (root: Node | null, path: Path): Node | null => path.reduce(child, root)

export function textAt(root: Node | null, path: Path): string | null {
  const node = nodeAt(root, path)
  return node?.kind === 'text' ? node.text : null
}

/** The texts of a list, those of a single text as one. */
export function textsAt(root: Node | null, path: Path): string[] {
  const node = nodeAt(root, path)
  if (node?.kind === 'text') return node.text === '' ? [] : [node.text]
  if (node?.kind !== 'list') return []
  return node.items.map((one) => (one.value?.kind === 'text' ? one.value.text : ''))
}

export function keysAt(root: Node | null, path: Path): string[] {
  const node = nodeAt(root, path)
  return node?.kind === 'map' ? node.pairs.map((one) => one.key) : []
}

export function countAt(root: Node | null, path: Path): number {
  const node = nodeAt(root, path)
  return node?.kind === 'list' ? node.items.length : 0
}

/** `viewers[0].price_limit` for `['viewers', 0, 'price_limit']`, as the linter names fields. */
export const dotted = (path: Path): string =>
  path.reduce<string>((text, step) => text + (typeof step === 'number' ? `[${step}]` : text ? `.${step}` : step), '')

function stepPlace(parent: Node | null, step: Step): number | undefined {
  if (parent?.kind === 'map') return parent.pairs.find((one) => one.key === step)?.keyFrom
  return parent?.kind === 'list' && typeof step === 'number' ? parent.items[step]?.from : undefined
}

/** Where what `path` names stands; where it is missing, its nearest parent. */
export function placeOf(root: Node | null, path: Path): number {
  for (let length = path.length; length > 0; length -= 1) {
    const place = stepPlace(nodeAt(root, path.slice(0, length - 1)), path[length - 1] as Step)
    if (place !== undefined) return place
  }
  return root?.from ?? 0
}
