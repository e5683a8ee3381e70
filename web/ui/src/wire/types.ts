/** The shapes that cross the wire: generated ones under names that do not hide built-ins, and those of the HTTP API. */

import type { Record as GeneratedRecord, Text } from '../generated/wire'

export type {
  ComplianceFinding,
  CoveragePoint,
  Evidence,
  FactError,
  Finding,
  FocusPoint,
  FocusState,
  HandledLine,
  JudgedItem,
  Metric,
  NamedScore,
  Overall,
  PaceWindow,
  PressureCard,
  Scorecard,
  Text,
  ViewerOutcome,
} from '../generated/wire'

/** One event with its place (`seq`) and time (`at`, rehearsal seconds). */
export type RoomRecord = GeneratedRecord
export type RoomEvent = RoomRecord['event']
export type EventOf<T extends RoomEvent['type']> = Extract<RoomEvent, { type: T }>

export interface Price {
  list: number
  live: number
  currency: string
}

export interface Product {
  name: string
  price: Price
  selling_points: { id: string; title: string; priority: string }[]
  facts: { [name: string]: string }
  gifts: string[]
  /** 0: not told. */
  stock: number
}

export interface Scenario {
  id: string
  version: number
  locale: string
  title: string
  category: string
  /** 1 to 5. */
  difficulty: number
  duration_sec: number
  product: Product
  viewers: { id: string; type: string; name: string; channel: 'chat' | 'voice' | 'both' }[]
  /** 0 to 4. */
  intensity_cap: number
}

/** One row of the past rehearsals. */
export interface Summary {
  id: string
  scenario_id: string
  scenario_title: string
  locale: string
  state: 'running' | 'ended' | 'scored'
  /** ISO 8601, UTC. */
  started_at: string
  duration_sec: number | null
  end_reason: string | null
  /** 0 to 100, null where not measured. */
  scores: { [name: string]: number | null }
  recovered: boolean
}

export interface RehearsalDetail {
  summary: Summary
  running: boolean
  connected: boolean
  scenario: Scenario | null
}

export interface EngineStatus {
  port: string
  name: string
  ready: boolean
  note: Text | null
}

export interface Status {
  version: string
  engines: EngineStatus[]
  rehearsals: { running: number; limit: number }
  recovered: unknown[]
  /** Whether a rehearsal may be opened with the browser's own speech recognition. */
  browser_words: boolean
}

/** What the streamer thinks of a finding. */
export type Mark = 'useful' | 'not_useful' | 'wrong'
/** Finding id to mark. */
export type Marks = { [findingId: string]: Mark }

/** A drill that can be started. */
export interface Drill {
  id: string
  name: Text
  text: Text
  duration_sec: number
  /** Type of the one viewer who comes; null: nobody presses. */
  viewer: string | null
}

/** Pitch and loudness after pressure: shown to the streamer, part of nothing that is exported. */
export interface PrivateVoice {
  notice: Text
  loudness_not_measured: Text | null
  events: { seq: number; at: number; features: { id: string; value: number | null; unit: string }[]; score: number | null }[]
  score: number | null
  not_measured: Text | null
}

export type InputMode = 'voice' | 'typed'

/** Who understands the streamer: an engine of the room, or the browser's own speech recognition. */
export type WordsFrom = 'engine' | 'browser'

/** What the page may ask of a running rehearsal. */
export type Command =
  | { type: 'since'; seq: number }
  | { type: 'say'; text: string }
  | { type: 'words'; result: number; text: string; final: boolean }
  | {
      type: 'microphone'
      device: string
      echo_cancellation: boolean | null
      noise_suppression: boolean | null
      auto_gain_control: boolean | null
    }
  | { type: 'pause' }
  | { type: 'resume' }
  | { type: 'end' }
  | { type: 'stop' }
  | { type: 'ping'; t: number }

/** Answer to a command given over HTTP. */
export interface Taken {
  type: 'taken' | 'pong'
  /** Rehearsal seconds. */
  at: number
}

export interface Pong {
  type: 'pong'
  t: number
  /** Rehearsal seconds. */
  at: number
}

export interface CommandRefused {
  type: 'error'
  code: string
  message: Text
}

/** What comes over the data channel. */
export type Incoming = RoomRecord | Pong | CommandRefused
