/** What the room shows at one moment, as values. */

import type { EventOf } from '../wire/types'
import type { Bearing } from './bearing'

export interface RoomViewer {
  id: string
  name: string
  /** Which one it was to join, from 0; gives it its colour. */
  order: number
  /** How it sits there. */
  bearing: Bearing
  /** Rehearsal seconds of its last line; 0 while it has only watched. */
  lastAt: number
}

/** Who a row is about. It outlives the viewer, who may have left. */
export interface Author {
  name: string
  order: number
}

/** One row of the danmaku list. */
export type FeedItem =
  | ({ kind: 'chat'; key: string; at: number; text: string } & Author)
  | ({ kind: 'voice'; key: string; at: number; heard: string; unheard: string; cutOff: boolean } & Author)
  | { kind: 'own'; key: string; at: number; text: string; typed: boolean }
  /** One who came, and how many others right after. */
  | { kind: 'joined'; key: string; at: number; name: string; others: number }
  | { kind: 'left'; key: string; at: number; name: string; outcome: EventOf<'viewer_left'>['outcome'] }

/** The viewer who has the floor, or the last one who had it. */
export interface SpokenCaption extends Author {
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
  /** Whether points and facts stay hidden. */
  exam: boolean
  /** Who is in the room now. */
  viewers: { readonly [id: string]: RoomViewer }
  /** How many have come so far. */
  joinedCount: number
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
  stage: StageNow | null
  cue: { text: string; key: string } | null
  /** How long the last answers of viewers took, ms, newest last. */
  answersMs: readonly number[]
  /** How long viewers took to fall silent when talked over, ms, newest last. */
  stopsMs: readonly number[]
  paused: 'streamer' | 'disconnected' | null
  /** Rehearsal seconds at which the current pause began. */
  pausedAt: number
  /** Seconds of all finished pauses. */
  pausedTotal: number
  notices: readonly EngineNotice[]
  ended: EventOf<'rehearsal_ended'>['reason'] | null
}

/** Stage of the scenario's plan; times count without pauses, as the clock of the room does. */
export interface StageNow {
  name: string
  since: number
  until: number | null
}

export const emptyRoom: RoomState = {
  nextSeq: 0,
  at: 0,
  input: 'voice',
  locale: '',
  exam: false,
  viewers: {},
  joinedCount: 0,
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
  answersMs: [],
  stopsMs: [],
  paused: null,
  pausedAt: 0,
  pausedTotal: 0,
  notices: [],
  ended: null,
}
