/** What the room shows, folded from the records of one rehearsal. Pure: the same records give the same room. */

import type { EventOf, RoomRecord } from '../wire/types'
import { bearingOf } from './bearing'
import { splitHeard } from './heard'
import type { Author, EngineNotice, FeedItem, RoomState, RoomViewer } from './room-state'

export { emptyRoom } from './room-state'
export type { EngineNotice, FeedItem, RoomState, RoomViewer, SpokenCaption, StageNow } from './room-state'

/** Rows kept; a rehearsal of half an hour must not grow the page. */
export const FEED_LIMIT = 120
/** People who come within this many seconds of each other share a row. */
const TOGETHER_SEC = 15
const LATEST = 5

type Change = Partial<RoomState>
type Fold<T extends RoomRecord['event']['type']> = (state: RoomState, event: EventOf<T>, record: RoomRecord) => Change

/** Not the line's id: a line whose voice failed is posted again under the same one. */
function rowKey(record: RoomRecord): string {
  return `r${record.seq}`
}

function withRow(feed: readonly FeedItem[], item: FeedItem): readonly FeedItem[] {
  return [...feed, item].slice(-FEED_LIMIT)
}

function joined(state: RoomState, event: EventOf<'viewer_joined'>, record: RoomRecord): Change {
  const known = state.viewers[event.viewer_id]
  const viewer: RoomViewer = {
    id: event.viewer_id,
    name: event.name,
    order: known?.order ?? state.joinedCount,
    bearing: 'here',
    lastAt: 0,
  }
  return {
    viewers: { ...state.viewers, [viewer.id]: viewer },
    joinedCount: state.joinedCount + 1,
    feed: welcomed(state.feed, viewer.name, record),
  }
}

/** One row for people who come together: a full room would otherwise see little but its door. */
function welcomed(feed: readonly FeedItem[], name: string, record: RoomRecord): readonly FeedItem[] {
  const last = feed.at(-1)
  if (last?.kind === 'joined' && record.at - last.at < TOGETHER_SEC) {
    return [...feed.slice(0, -1), { ...last, others: last.others + 1 }]
  }
  return withRow(feed, { kind: 'joined', key: rowKey(record), at: record.at, name, others: 0 })
}

function left(state: RoomState, event: EventOf<'viewer_left'>, record: RoomRecord): Change {
  // At the end everybody leaves at once: that is no news.
  if (event.outcome === 'ended') return {}
  const { [event.viewer_id]: viewer, ...viewers } = state.viewers
  const name = viewer?.name ?? event.viewer_id
  const item: FeedItem = { kind: 'left', key: rowKey(record), at: record.at, name, outcome: event.outcome }
  return { viewers, feed: withRow(state.feed, item) }
}

function changed(state: RoomState, event: EventOf<'viewer_changed'>): Change {
  const viewer = state.viewers[event.viewer_id]
  const bearing = bearingOf(event)
  return viewer && viewer.bearing !== bearing ? withViewer(state, { ...viewer, bearing }) : {}
}

function withViewer(state: RoomState, viewer: RoomViewer): Change {
  return { viewers: { ...state.viewers, [viewer.id]: viewer } }
}

/** Name and colour of a viewer, who may be gone already. */
function authorOf(state: RoomState, viewerId: string): Author {
  const viewer = state.viewers[viewerId]
  return { name: viewer?.name ?? viewerId, order: viewer?.order ?? 0 }
}

function active(state: RoomState, viewerId: string, at: number): Change {
  const viewer = state.viewers[viewerId]
  return viewer ? withViewer(state, { ...viewer, lastAt: at }) : {}
}

function posted(state: RoomState, event: EventOf<'line_posted'>, record: RoomRecord): Change {
  const author = authorOf(state, event.viewer_id)
  const item: FeedItem = { kind: 'chat', key: rowKey(record), at: record.at, text: event.text, ...author }
  return { ...active(state, event.viewer_id, record.at), feed: withRow(state.feed, item) }
}

function heard(state: RoomState, event: EventOf<'utterance_heard'>, record: RoomRecord): Change {
  const typed = event.source === 'typed'
  // A recogniser that understood nothing is no news; no recogniser at all is.
  if (event.text === '') return { speaking: false, partial: '', isUnworded: state.isUnworded || event.engine === '' }
  const item: FeedItem = { kind: 'own', key: rowKey(record), at: record.at, text: event.text, typed }
  const spoken: Change = typed ? {} : { speaking: false, partial: '' }
  return { ...spoken, lastOwn: event.text, feed: withRow(state.feed, item) }
}

function voicing(state: RoomState, event: EventOf<'line_voicing'>, record: RoomRecord): Change {
  const same = state.caption?.lineId === event.line_id
  return {
    ...active(state, event.viewer_id, record.at),
    caption: {
      lineId: event.line_id,
      viewerId: event.viewer_id,
      ...authorOf(state, event.viewer_id),
      heard: event.text,
      unheard: '',
      state: same && state.caption ? state.caption.state : 'speaking',
      cutOff: false,
    },
  }
}

function duck(state: RoomState, lineId: string, ducked: boolean): Change {
  if (state.caption?.lineId !== lineId || state.caption.state === 'done') return {}
  return { caption: { ...state.caption, state: ducked ? 'ducked' : 'speaking' } }
}

function voiced(state: RoomState, event: EventOf<'line_voiced'>, record: RoomRecord): Change {
  const split = splitHeard(event.text, event.heard_text, event.cut_off)
  const isCutOff = event.cut_off && (event.cut_by === null || event.cut_by === 'streamer')
  const line = { ...authorOf(state, event.viewer_id), ...split, cutOff: isCutOff }
  const caption = { lineId: event.line_id, viewerId: event.viewer_id, state: 'done' as const, ...line }
  const row: FeedItem = { kind: 'voice', key: rowKey(record), at: record.at, ...line }
  const isShown = state.caption === null || state.caption.lineId === event.line_id || state.caption.state === 'done'
  // A line of which nothing was heard leaves no trace among the comments: nobody said anything.
  const wasHeard = event.heard_text !== '' || !event.cut_off
  return {
    ...(isShown ? { caption } : {}),
    ...(wasHeard ? { feed: withRow(state.feed, row) } : {}),
  }
}

function failed(state: RoomState, event: EventOf<'engine_failed'>): Change {
  const before = state.notices.find((notice) => notice.port === event.port)
  const notice: EngineNotice = {
    port: event.port,
    engine: event.engine,
    error: event.error,
    fallback: event.fallback,
    times: (before?.times ?? 0) + 1,
  }
  return { notices: [...state.notices.filter((other) => other !== before), notice] }
}

function timed(state: RoomState, event: EventOf<'turn_timed'>): Change {
  const ms = Math.round(event.total_ms)
  if (event.kind === 'answer') return { answersMs: [...state.answersMs, ms].slice(-LATEST) }
  return event.kind === 'stop' ? { stopsMs: [...state.stopsMs, ms].slice(-LATEST) } : {}
}

function entered(state: RoomState, event: EventOf<'stage_entered'>, record: RoomRecord): Change {
  const until = event.until === null || event.until === undefined ? null : event.until - state.pausedTotal
  return { stage: { name: event.name, since: elapsed(state, record.at), until } }
}

const FOLDS: { [T in RoomRecord['event']['type']]?: Fold<T> } = {
  rehearsal_started: (_state, event) => ({
    input: event.input,
    locale: event.locale,
    prepSec: event.prep_sec ?? 0,
    exam: event.exam ?? false,
  }),
  speech_started: () => ({ speaking: true, partial: '' }),
  speech_paused: () => ({ speaking: false }),
  words_heard: (_state, event) => ({ partial: event.text }),
  utterance_heard: heard,
  viewer_joined: joined,
  viewer_changed: changed,
  viewer_left: left,
  line_posted: posted,
  line_voicing: voicing,
  line_ducked: (state, event) => duck(state, event.line_id, true),
  line_held: (state, event) => duck(state, event.line_id, true),
  line_resumed: (state, event) => duck(state, event.line_id, false),
  line_voiced: voiced,
  room_changed: (_state, event) => ({
    numbers: { viewers: event.viewers, orders: event.orders, likes: event.likes },
    shownPrice: event.shown_price ?? null,
  }),
  stage_entered: entered,
  turn_timed: timed,
  cue_shown: (_state, event, record) => ({ cue: { text: event.text, key: rowKey(record) } }),
  engine_failed: failed,
  rehearsal_paused: (_state, event, record) => ({ paused: event.reason, pausedAt: record.at, speaking: false }),
  rehearsal_resumed: (state, event) => ({ paused: null, pausedTotal: state.pausedTotal + event.paused_sec }),
  rehearsal_ended: (_state, event) => ({ ended: event.reason, paused: null, speaking: false, partial: '' }),
}

/** Add one record. A record already applied, or one that would leave a gap before it, changes nothing. */
export function applyRecord(state: RoomState, record: RoomRecord): RoomState {
  if (record.seq !== state.nextSeq) return state
  const fold = FOLDS[record.event.type] as Fold<typeof record.event.type> | undefined
  const change = fold ? fold(state, record.event as never, record) : {}
  return { ...state, ...change, nextSeq: record.seq + 1, at: record.at }
}

/** Seconds that count towards the rehearsal's length at rehearsal time `now`: pauses taken out. */
export function elapsed(state: RoomState, now: number): number {
  const until = state.ended !== null ? state.at : state.paused !== null ? state.pausedAt : now
  return Math.max(0, until - state.pausedTotal)
}
