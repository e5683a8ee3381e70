/** The transcript of a rehearsal, made of its records. Pure. */

import type { RoomRecord } from '../wire/types'

export type RowKind = 'streamer' | 'chat' | 'voice' | 'stage' | 'room' | 'pause' | 'left'

export interface Row {
  /** Record it comes from; the scorecard's evidence names the same. */
  seq: number
  kind: RowKind
  /** Rehearsal seconds = seconds into the recordings. */
  at: number
  end: number
  viewerId: string | null
  /** What was heard or read; for stages, room events and leaving viewers, the word that names them. */
  text: string
  /** What a viewer who was cut off would have said. */
  cut: string
  pressure: boolean
}

const OUTCOMES_SHOWN = new Set(['bought', 'lost_patience', 'offended'])

/** Rows in order of time; a log cut short by a crash gives what it has. */
export function transcriptRows(records: readonly RoomRecord[]): Row[] {
  const rows: Row[] = []
  const voicing = new Map<string, Row>()
  for (const record of records) take(rows, voicing, record)
  return rows.sort((one, other) => one.at - other.at || one.seq - other.seq)
}

function take(rows: Row[], voicing: Map<string, Row>, { seq, at, event }: RoomRecord): void {
  const row = (kind: RowKind, parts: Partial<Row>): Row => {
    const made: Row = { seq, kind, at, end: at, viewerId: null, text: '', cut: '', pressure: false, ...parts }
    rows.push(made)
    return made
  }
  switch (event.type) {
    case 'utterance_heard':
      row('streamer', { at: event.start, end: event.end, text: event.text })
      break
    case 'line_posted':
      row('chat', { viewerId: event.viewer_id, text: event.text, pressure: event.pressure })
      break
    case 'line_voicing': {
      const parts = { at: event.start, end: event.start, viewerId: event.viewer_id, text: event.text }
      voicing.set(event.line_id, row('voice', { ...parts, pressure: event.pressure }))
      break
    }
    case 'line_voiced': {
      const begun = voicing.get(event.line_id)
      if (begun) Object.assign(begun, { at: event.start, end: event.end, ...heardOf(event) })
      break
    }
    default:
      takeRoom(row, event, at)
  }
}

type MakeRow = (kind: RowKind, parts: Partial<Row>) => Row

function takeRoom(row: MakeRow, event: RoomRecord['event'], at: number): void {
  switch (event.type) {
    case 'stage_entered':
      row('stage', { text: event.name })
      break
    case 'room_changed':
      if (event.pressure) row('room', { text: event.reason, pressure: true })
      break
    case 'viewer_left':
      if (OUTCOMES_SHOWN.has(event.outcome)) row('left', { viewerId: event.viewer_id, text: event.outcome })
      break
    case 'rehearsal_paused':
      row('pause', { text: event.reason })
      break
    case 'rehearsal_resumed':
      row('pause', { at, text: 'resumed' })
      break
  }
}

/** What viewers were called: passers-by too, whom no scorecard lists. */
export function viewerNames(records: readonly RoomRecord[]): { [viewerId: string]: string } {
  return Object.fromEntries(
    records.flatMap(({ event }) => (event.type === 'viewer_joined' ? [[event.viewer_id, event.name] as const] : [])),
  )
}

/** What of a spoken line was heard, and what was cut off. */
function heardOf(line: { text: string; heard_text: string; cut_off: boolean }): { text: string; cut: string } {
  if (!line.cut_off) return { text: line.text, cut: '' }
  const rest = line.text.startsWith(line.heard_text) ? line.text.slice(line.heard_text.length) : ''
  return { text: line.heard_text, cut: rest }
}

/** The row that is on at a moment: what is being said, else what was said last; -1 before the first. */
export function rowAt(rows: readonly Row[], seconds: number): number {
  let low = 0
  let high = rows.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((rows[middle]?.at ?? 0) <= seconds + 0.05) low = middle + 1
    else high = middle
  }
  const last = low - 1
  // A comment in the middle of an utterance does not take the place of what is being heard.
  for (let back = last; back >= Math.max(0, last - 6); back -= 1) {
    const row = rows[back]
    if (row && isSpoken(row) && row.end > seconds) return back
  }
  return last
}

function isSpoken(row: Row): boolean {
  return row.kind === 'streamer' || row.kind === 'voice'
}

function plain(text: string): string {
  return text.normalize('NFKC').toLowerCase()
}

/** Rows whose words hold what is looked for; all rows for nothing. */
export function searched(rows: readonly Row[], wanted: string): Row[] {
  const query = plain(wanted.trim())
  if (query === '') return [...rows]
  return rows.filter((row) => ['streamer', 'chat', 'voice'].includes(row.kind) && plain(row.text + row.cut).includes(query))
}

/** A text in pieces, those that match what is looked for marked. */
export function marked(text: string, wanted: string): { text: string; hit: boolean }[] {
  const query = plain(wanted.trim())
  const flat = plain(text)
  // Where folding changes the length (ligatures, full-width signs of other widths), nothing is marked.
  if (query === '' || flat.length !== text.length) return [{ text, hit: false }]
  const pieces: { text: string; hit: boolean }[] = []
  let from = 0
  for (let found = flat.indexOf(query); found >= 0; found = flat.indexOf(query, from)) {
    if (found > from) pieces.push({ text: text.slice(from, found), hit: false })
    pieces.push({ text: text.slice(found, found + query.length), hit: true })
    from = found + query.length
  }
  if (from < text.length) pieces.push({ text: text.slice(from), hit: false })
  return pieces
}

/** Whether records are missing in between: the log was damaged. */
export function hasGaps(records: readonly RoomRecord[]): boolean {
  return records.some((record, index) => record.seq !== index)
}
