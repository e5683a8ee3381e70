/**
 * Where in a YAML text a cursor is, also while the line around it is half written: the keys above it, whether a key or a
 * value is being typed, and which keys stand beside it. Pure.
 */

/** A step through a list, whichever its place. */
export const ANY = '*'

export interface Cursor {
  /** Keys from the top to the mapping or list the cursor is in. */
  path: string[]
  typing: 'key' | 'value' | 'entry'
  /** For a value: its key. An entry of a list may become a value or the first key of a mapping. */
  key: string | null
  /** Keys that are there already. */
  beside: string[]
  /** Where the word at the cursor begins. */
  from: number
  inFlow: boolean
}

interface Line {
  /** Columns of its dashes. */
  dashes: number[]
  keyColumn: number
  key: string | null
  /** What follows the colon, or all of it. */
  rest: string
}

const LINE = /^(\s*)((?:-\s+|-$)*)(.*)$/
const KEY = /^("(?:[^"\\]|\\.)*"|'[^']*'|[^\s#:'"[\]{},&*!|>%@`-][^:#]*?)\s*:(?=\s|$)\s*(.*)$/

function bare(key: string): string {
  return /^["']/.test(key) ? key.slice(1, -1) : key
}

function parse(line: string): Line {
  const [, blank = '', marks = '', rest = ''] = LINE.exec(line) ?? []
  const dashes = [...marks.matchAll(/-/g)].map((mark) => blank.length + (mark.index ?? 0))
  const found = KEY.exec(rest)
  const keyColumn = blank.length + marks.length
  return { dashes, keyColumn, key: found ? bare(found[1] ?? '') : null, rest: found ? (found[2] ?? '') : rest }
}

const isBlank = (line: string): boolean => /^\s*(#|$)/.test(line)

// --- brackets -------------------------------------------------------------------------------------------------

interface Frame {
  open: '{' | '['
  at: number
  keys: string[]
  key: string | null
  /** Where the entry at hand begins. */
  from: number
}

function closeOrNext(frames: Frame[], char: string, at: number): void {
  if (char === ']' || char === '}') frames.pop()
  const top = frames.at(-1)
  if (char === ',' && top) {
    top.key = null
    top.from = at + 1
  }
}

function takeKey(text: string, frame: Frame | undefined, at: number): void {
  if (frame?.open !== '{' || frame.key !== null) return
  frame.key = bare(text.slice(frame.from, at).trim())
  frame.keys.push(frame.key)
}

const beginsValue = (text: string, at: number): boolean => /(?:^|[:,[{-]\s+|[[{]|,)$/.test(text.slice(Math.max(0, at - 40), at).split('\n').at(-1) ?? '')
/** A line that begins like a key of a block ends brackets that were never closed. */
const beginsBlock = (text: string, at: number): boolean => /^(?:[\w-]+:(?:\s|$)|\s*- )/.test(text.slice(at, at + 80).split('\n')[0] ?? '')

function skipQuoted(text: string, at: number, end: number): number {
  const quote = text[at]
  let place = at + 1
  while (place < end && text[place] !== quote && text[place] !== '\n') place += text[place] === '\\' && quote === '"' ? 2 : 1
  return place
}

/** Skip what no bracket counts in: a comment, a quoted text. Returns where it ends, or `at`. */
function skipped(text: string, at: number, end: number): number {
  const char = text[at]
  if (char === '#' && /(?:^|\s)$/.test(text.slice(Math.max(0, at - 1), at))) {
    const newline = text.indexOf('\n', at)
    return newline < 0 ? end : newline - 1
  }
  return (char === '"' || char === "'") && beginsValue(text, at) ? skipQuoted(text, at, end) : at
}

function step(text: string, at: number, frames: Frame[]): void {
  const char = text[at] as string
  if ((char === '{' || char === '[') && beginsValue(text, at)) frames.push({ open: char, at, keys: [], key: null, from: at + 1 })
  else if (char === ':') takeKey(text, frames.at(-1), at)
  else closeOrNext(frames, char, at)
}

/** The brackets that are open at `end`. */
function openBrackets(text: string, end: number): Frame[] {
  const frames: Frame[] = []
  for (let at = 0; at < end; at += 1) {
    if (text[at] === '\n' && beginsBlock(text, at + 1)) frames.length = 0
    const past = skipped(text, at, end)
    if (past > at) at = past
    else step(text, at, frames)
  }
  return frames
}

/** Keys that follow the cursor inside the same brackets, on its line. */
function keysAfter(text: string, from: number): string[] {
  const found: string[] = []
  const line = text.slice(from, (text.indexOf('\n', from) + 1 || text.length + 1) - 1)
  let depth = 0
  let begin = 0
  for (const { 0: char, index } of line.matchAll(/[[\]{},:]/g)) {
    if ('[{'.includes(char)) depth += 1
    if (']}'.includes(char)) depth -= 1
    if (depth < 0) break
    if (depth === 0 && char === ':') found.push(bare(line.slice(begin, index).trim()))
    if (depth === 0 && char === ',') begin = index + 1
  }
  return found
}

// --- lines ----------------------------------------------------------------------------------------------------

/** How far a climb has come: what is looked for stands left of `limit`. */
interface Climb {
  path: string[]
  limit: number
  /** Whether the last step was a dash: its key may stand in the same column. */
  atDash: boolean
}

function isParent(line: Line, climb: Climb): boolean {
  if (line.key === null || line.rest.replace(/#.*$/, '').trim() !== '') return false
  return line.keyColumn < climb.limit || (climb.atDash && line.keyColumn === climb.limit && line.dashes.length === 0)
}

function climbPast(line: Line, climb: Climb): void {
  if (isParent(line, climb)) {
    climb.path.unshift(line.key as string)
    climb.limit = line.keyColumn
    climb.atDash = false
  }
  for (const dash of line.dashes.toReversed()) {
    if (dash >= climb.limit) continue
    climb.path.unshift(ANY)
    climb.limit = dash
    climb.atDash = true
  }
}

/** Steps above a column, read upwards from the line before `above`. */
function climb(lines: readonly string[], above: number, start: number, startsAtDash: boolean): string[] {
  const climbed: Climb = { path: [], limit: start, atDash: startsAtDash }
  for (let number = above - 1; number >= 0 && (climbed.limit > 0 || climbed.atDash); number -= 1) {
    const text = lines[number] ?? ''
    if (!isBlank(text)) climbPast(parse(text), climbed)
  }
  return climbed.path
}

/** Keys of the mapping whose keys stand in a column, around a line. */
function siblings(lines: readonly string[], at: number, column: number): string[] {
  const found: string[] = []
  const look = (number: number): boolean => {
    const text = lines[number] ?? ''
    if (isBlank(text)) return true
    const line = parse(text)
    if (line.keyColumn === column && line.key !== null) found.push(line.key)
    const first = line.dashes[0] ?? line.keyColumn
    return first >= column
  }
  const startsItem = (number: number): boolean => (parse(lines[number] ?? '').dashes.at(-1) ?? -1) >= 0 && parse(lines[number] ?? '').keyColumn === column
  if (!startsItem(at)) for (let number = at - 1; number >= 0 && look(number); number -= 1);
  for (let number = at + 1; number < lines.length && !startsItem(number) && look(number); number += 1);
  return found
}

function blockCursor(text: string, at: number): Omit<Cursor, 'from' | 'inFlow'> {
  const lines = text.split('\n')
  const number = text.slice(0, at).split('\n').length - 1
  const before = text.slice(text.lastIndexOf('\n', at - 1) + 1, at)
  const line = parse(before)
  const lastDash = line.dashes.at(-1)
  const steps = line.dashes.map(() => ANY)
  const start = line.dashes[0] ?? line.keyColumn
  const path = [...climb(lines, number, start, line.dashes.length > 0), ...steps]
  if (line.key !== null) return { path, typing: 'value', key: line.key, beside: [] }
  const beside = siblings(lines, number, line.keyColumn)
  return { path, typing: lastDash === undefined ? 'key' : 'entry', key: null, beside }
}

function wordStart(text: string, at: number): number {
  const word = /[^\s:,[\]{}"']*$/.exec(text.slice(Math.max(0, at - 80), at))?.[0] ?? ''
  return at - word.length
}

/** Where the cursor at `at` is. */
export function cursorAt(text: string, at: number): Cursor {
  const frames = openBrackets(text, at)
  const from = wordStart(text, at)
  const outer = frames[0]
  if (!outer) return { ...blockCursor(text, at), from, inFlow: false }
  const block = blockCursor(text, outer.at)
  const path = block.key === null ? [...block.path] : [...block.path, block.key]
  for (const frame of frames.slice(0, -1)) path.push(frame.open === '[' ? ANY : (frame.key ?? ''))
  const top = frames.at(-1) as Frame
  if (top.open === '[') return { path: [...path, ANY], typing: 'entry', key: null, beside: [], from, inFlow: true }
  const typing = top.key === null ? 'key' : 'value'
  const beside = [...top.keys.filter((key) => key !== top.key), ...keysAfter(text, at)]
  return { path, typing, key: top.key, beside, from, inFlow: true }
}
