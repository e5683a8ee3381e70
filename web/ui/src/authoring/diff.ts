/** Differences between texts by line, and joining two texts that were made from one. Pure. */

export interface Row {
  kind: 'same' | 'gone' | 'new' | 'changed'
  left: string | null
  right: string | null
  leftNumber: number | null
  rightNumber: number | null
}

/** Longest texts that are compared line by line; a scenario has some hundred lines. */
const MOST_LINES = 4_000

/** Pairs of equal lines, in order: a longest common subsequence between equal heads and tails. */
function matches(one: readonly string[], two: readonly string[]): [number, number][] {
  let head = 0
  while (head < one.length && head < two.length && one[head] === two[head]) head += 1
  let tail = 0
  while (tail < Math.min(one.length, two.length) - head && one.at(-1 - tail) === two.at(-1 - tail)) tail += 1
  const left = one.slice(head, one.length - tail)
  const right = two.slice(head, two.length - tail)
  const middle = left.length + right.length > MOST_LINES ? [] : longest(left, right)
  return [
    ...Array.from({ length: head }, (_, at) => [at, at] as [number, number]),
    ...middle.map(([a, b]) => [a + head, b + head] as [number, number]),
    ...Array.from({ length: tail }, (_, at) => [one.length - tail + at, two.length - tail + at] as [number, number]),
  ]
}

function longest(one: readonly string[], two: readonly string[]): [number, number][] {
  const width = two.length + 1
  const best = new Uint16Array((one.length + 1) * width)
  const at = (a: number, b: number): number => best[a * width + b] ?? 0
  for (let a = one.length - 1; a >= 0; a -= 1)
    for (let b = two.length - 1; b >= 0; b -= 1)
      best[a * width + b] = one[a] === two[b] ? at(a + 1, b + 1) + 1 : Math.max(at(a + 1, b), at(a, b + 1))
  const found: [number, number][] = []
  for (let a = 0, b = 0; a < one.length && b < two.length; ) {
    if (one[a] === two[b]) found.push([a++, b++])
    else if (at(a + 1, b) >= at(a, b + 1)) a += 1
    else b += 1
  }
  return found
}

/** Two texts side by side. */
export function sideBySide(left: string, right: string): Row[] {
  const [one, two] = [left.split('\n'), right.split('\n')]
  const rows: Row[] = []
  let [a, b] = [0, 0]
  const row = (kind: Row['kind'], hasLeft: boolean, hasRight: boolean): void => {
    const [mine, theirs] = [hasLeft ? (one[a] as string) : null, hasRight ? (two[b] as string) : null]
    rows.push({ kind, left: mine, right: theirs, leftNumber: hasLeft ? ++a : null, rightNumber: hasRight ? ++b : null })
  }
  const gap = (endA: number, endB: number): void => {
    while (a < endA && b < endB) row('changed', true, true)
    while (a < endA) row('gone', true, false)
    while (b < endB) row('new', false, true)
  }
  for (const [nextA, nextB] of matches(one, two)) {
    gap(nextA, nextB)
    row('same', true, true)
  }
  gap(one.length, two.length)
  return rows
}

/** A stretch of a joined text: the same for both, taken from one side, or for a person to decide. */
export type Piece =
  | { kind: 'joined'; lines: string[] }
  | { kind: 'both'; mine: string[]; theirs: string[] }

const same = (one: readonly string[], two: readonly string[]): boolean => one.length === two.length && one.every((line, at) => line === two[at])

function piece(old: string[], mine: string[], theirs: string[]): Piece {
  if (same(old, mine) || same(mine, theirs)) return { kind: 'joined', lines: theirs }
  return same(old, theirs) ? { kind: 'joined', lines: mine } : { kind: 'both', mine, theirs }
}

/** Join two texts that were made from `base`: what only one of them changed is taken, the rest is asked. */
export function join(base: string, mine: string, theirs: string): Piece[] {
  const [b, m, t] = [base, mine, theirs].map((text) => text.split('\n')) as [string[], string[], string[]]
  const toMine = new Map(matches(b, m))
  const toTheirs = new Map(matches(b, t))
  const pieces: Piece[] = []
  let [atB, atM, atT] = [0, 0, 0]
  const take = (endB: number, endM: number, endT: number): void => {
    if (endB > atB || endM > atM || endT > atT) pieces.push(piece(b.slice(atB, endB), m.slice(atM, endM), t.slice(atT, endT)))
    ;[atB, atM, atT] = [endB, endM, endT]
  }
  for (let line = 0; line < b.length; line += 1) {
    const [inMine, inTheirs] = [toMine.get(line), toTheirs.get(line)]
    if (inMine === undefined || inTheirs === undefined) continue
    take(line, inMine, inTheirs)
    pieces.push({ kind: 'joined', lines: [b[line] ?? ''] })
    ;[atB, atM, atT] = [line + 1, inMine + 1, inTheirs + 1]
  }
  take(b.length, m.length, t.length)
  return pieces
}

/** The joined text, `choose` deciding what both changed. */
export function joined(pieces: readonly Piece[], choose: (at: number) => 'mine' | 'theirs'): string {
  let asked = 0
  return pieces.flatMap((piece) => (piece.kind === 'joined' ? piece.lines : choose(asked++) === 'mine' ? piece.mine : piece.theirs)).join('\n')
}
