/** Where on the stage a comment drifts, so that no two lie on each other: all move at one speed, row by row. */

const ROWS = 4
const PX_PER_SEC = 105
const GAP_PX = 28
/** A comment that would have to wait longer for a free row is only in the list. */
const PATIENCE_MS = 1500
/** About the width of a character: wide ones (Chinese, full-width) and others, at the stage's text size. */
const WIDE_PX = 16.5
const NARROW_PX = 8.6
const PADDING_PX = 30

export interface Place {
  row: number
  delayMs: number
  durationMs: number
}

export class LaneRows {
  readonly #freeAt = new Array<number>(ROWS).fill(0)

  /** Place a comment at `now` (ms); null where every row is taken for too long. */
  place(text: string, laneWidth: number, now: number): Place | null {
    const row = this.#freeAt.indexOf(Math.min(...this.#freeAt))
    const delayMs = Math.max(0, (this.#freeAt[row] ?? 0) - now)
    if (delayMs > PATIENCE_MS) return null
    const width = textWidth(text)
    this.#freeAt[row] = now + delayMs + ((width + GAP_PX) / PX_PER_SEC) * 1000
    return { row, delayMs, durationMs: ((laneWidth + width) / PX_PER_SEC) * 1000 }
  }
}

export function textWidth(text: string): number {
  let width = PADDING_PX
  for (const char of text) width += (char.codePointAt(0) ?? 0) >= 0x2e80 ? WIDE_PX : NARROW_PX
  return width
}
