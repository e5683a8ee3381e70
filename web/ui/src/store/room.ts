/** What the room shows, folded from the records of one rehearsal. Pure: the same records give the same room. */

import type { EventOf, RoomRecord } from '../wire/types'
import { splitHeard } from './heard'

export interface RoomViewer {
  id: string
  name: string
  type: string
  channel: 'chat' | 'voice' | 'both'
  /** Which one it was to join, from 0; gives it its colour. */
  order: number
  /** How it left, or null while it is here. */
  left: EventOf<'viewer_left'>['outcome'] | null
}

/** One row of the danmaku list. */
export type FeedItem =
  | { kind: 'chat'; key: string; at: number; viewerId: string; text: string }
  | { kind: 'voice'; key: string; at: number; viewerId: string; heard: string; unheard: string; cutOff: boolean }
  | { kind: 'own'; key: string; at: number; text: string; typed: boolean }
  | { kind: 'joined'; key: string; at: number; viewerId: string }
  | { kind: 'left'; key: string; at: number; viewerId: string; outcome: EventOf<'viewer_left'>['outcome'] }

/** The viewer who has the floor, or the last one who had it. */
export interface SpokenCaption {
  lineId: string
  viewerId: string
  heard: string
  unheard: string
  state: 'speaking' | 'ducked' | 'done'
  cutOff: boolean
}

export interface EngineNotice {
  port: EventOf<'engine_failed'>['port']
  engine: string
  error: string
  fallback: string
  /** How often it happened. */
  times: number
}

export interface RoomState {
  /** First record not yet applied; what a reconnecting page asks for. */
  nextSeq: number
  /** Rehearsal seconds of the last record. */
  at: number
  input: 'voice' | 'typed'
  locale: string
  viewers: { readonly [id: string]: RoomViewer }
  feed: readonly FeedItem[]
  caption: SpokenCaption | null
  /** Whether the streamer's voice is heard right now. */
  speaking: boolean
  /** Words of the running utterance so far. */
  partial: string
  /** Last finished utterance. */
  lastOwn: string
  /** Whether an utterance came without words: no engine here knows the language. */
  isUnworded: boolean
  numbers: { viewers: number; orders: number; likes: number } | null
  /** Wrong price on the product card; null while it shows the true one. */
  shownPrice: number | null
  /** Seconds the streamer was given to prepare; the room begins paused. */
  prepSec: number
  stage: string | null
  cue: string | null
  paused: 'streamer' | 'disconnected' | null
  /** Rehearsal seconds at which the current pause began. */
  pausedAt: number
  /** Seconds of all finished pauses. */
  pausedTotal: number
  notices: readonly EngineNotice[]
  ended: EventOf<'rehearsal_ended'>['reason'] | null
}

/** Rows kept; a rehearsal of half an hour must not grow the page. */
export const FEED_LIMIT = 200

export const emptyRoom: RoomState = {
  nextSeq: 0,
  at: 0,
  input: 'voice',
  locale: '',
  viewers: {},
  feed: [],
  caption: null,
  speaking: false,
  partial: '',
  lastOwn: '',
  isUnworded: false,
  numbers: null,
  shownPrice: null,
  prepSec: 0,
  stage: null,
  cue: null,
  paused: null,
  pausedAt: 0,
  pausedTotal: 0,
  notices: [],
  ended: null,
}

type Change = Partial<RoomState>
type Fold<T extends RoomRecord['event']['type']> = (state: RoomState, event: EventOf<T>, record: RoomRecord) => Change

/** Not the line's id: a line whose voice failed is posted again under the same one. */
function rowKey(record: RoomRecord): string {
  return `r${record.seq}`
}

function withFeed(state: RoomState, item: FeedItem): Change {
  return { feed: [...state.feed, item].slice(-FEED_LIMIT) }
}

function joined(state: RoomState, event: EventOf<'viewer_joined'>, record: RoomRecord): Change {
  const viewer: RoomViewer = {
    id: event.viewer_id,
    name: event.name,
    type: event.viewer_type,
    channel: event.channel,
    order: state.viewers[event.viewer_id]?.order ?? Object.keys(state.viewers).length,
    left: null,
  }
  return {
    viewers: { ...state.viewers, [viewer.id]: viewer },
    ...withFeed(state, { kind: 'joined', key: rowKey(record), at: record.at, viewerId: viewer.id }),
  }
}

function left(state: RoomState, event: EventOf<'viewer_left'>, record: RoomRecord): Change {
  const viewer = state.viewers[event.viewer_id]
  const viewers = viewer ? { ...state.viewers, [viewer.id]: { ...viewer, left: event.outcome } } : state.viewers
  // At the end everybody leaves at once: that is no news for the list.
  if (event.outcome === 'ended') return { viewers }
  const item: FeedItem = {
    kind: 'left',
    key: rowKey(record),
    at: record.at,
    viewerId: event.viewer_id,
    outcome: event.outcome,
  }
  return { viewers, ...withFeed(state, item) }
}

function heard(state: RoomState, event: EventOf<'utterance_heard'>, record: RoomRecord): Change {
  const typed = event.source === 'typed'
  // A recogniser that understood nothing is no news; no recogniser at all is.
  if (event.text === '') return { speaking: false, partial: '', isUnworded: state.isUnworded || event.engine === '' }
  const item: FeedItem = { kind: 'own', key: rowKey(record), at: record.at, text: event.text, typed }
  const spoken: Change = typed ? {} : { speaking: false, partial: '' }
  return { ...spoken, lastOwn: event.text, ...withFeed(state, item) }
}

function voicing(state: RoomState, event: EventOf<'line_voicing'>): Change {
  const same = state.caption?.lineId === event.line_id
  return {
    caption: {
      lineId: event.line_id,
      viewerId: event.viewer_id,
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
  const line = { viewerId: event.viewer_id, ...split, cutOff: isCutOff }
  const isShown = state.caption === null || state.caption.lineId === event.line_id || state.caption.state === 'done'
  // A line of which nothing was heard leaves no trace among the comments: nobody said anything.
  const wasHeard = event.heard_text !== '' || !event.cut_off
  return {
    ...(isShown ? { caption: { lineId: event.line_id, state: 'done' as const, ...line } } : {}),
    ...(wasHeard ? withFeed(state, { kind: 'voice', key: rowKey(record), at: record.at, ...line }) : {}),
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

const FOLDS: { [T in RoomRecord['event']['type']]?: Fold<T> } = {
  rehearsal_started: (_state, event) => ({
    input: event.input,
    locale: event.locale,
    prepSec: event.prep_sec ?? 0,
  }),
  speech_started: () => ({ speaking: true, partial: '' }),
  speech_paused: () => ({ speaking: false }),
  words_heard: (_state, event) => ({ partial: event.text }),
  utterance_heard: heard,
  viewer_joined: joined,
  viewer_left: left,
  line_posted: (state, event, record) =>
    withFeed(state, { kind: 'chat', key: rowKey(record), at: record.at, viewerId: event.viewer_id, text: event.text }),
  line_voicing: voicing,
  line_ducked: (state, event) => duck(state, event.line_id, true),
  line_held: (state, event) => duck(state, event.line_id, true),
  line_resumed: (state, event) => duck(state, event.line_id, false),
  line_voiced: voiced,
  room_changed: (_state, event) => ({
    numbers: { viewers: event.viewers, orders: event.orders, likes: event.likes },
    shownPrice: event.shown_price ?? null,
  }),
  stage_entered: (_state, event) => ({ stage: event.name }),
  cue_shown: (_state, event) => ({ cue: event.text }),
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
