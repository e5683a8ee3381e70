/** The shapes that cross the wire, all generated from the server's: records, scorecard, requests and answers. */

import type {
  CreateRehearsal,
  End,
  Feedback,
  Marks as MarksBody,
  Microphone,
  Pause,
  Ping,
  Pong,
  Record as GeneratedRecord,
  Resume,
  Say,
  Since,
  Stop,
  Taken,
  Text,
  Words,
} from '../generated/wire'

export type {
  ComplianceFinding,
  CoveragePoint,
  DrillCard as Drill,
  EngineStatus,
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
  PrivateVoice,
  ProductCard as Product,
  RehearsalDetail,
  RehearsalSummary as Summary,
  ScenarioCard as Scenario,
  Scorecard,
  Status,
  Text,
  ViewerOutcome,
} from '../generated/wire'

/** One event with its place (`seq`) and time (`at`, rehearsal seconds). */
export type RoomRecord = GeneratedRecord
export type RoomEvent = RoomRecord['event']
export type EventOf<T extends RoomEvent['type']> = Extract<RoomEvent, { type: T }>

/** What the streamer thinks of a finding. */
export type Mark = NonNullable<Feedback['mark']>
/** Finding id to mark. */
export type Marks = MarksBody['marks']

export type InputMode = NonNullable<CreateRehearsal['input']>

/** Who understands the streamer: an engine of the room, or the browser's own speech recognition. */
export type WordsFrom = NonNullable<CreateRehearsal['words']>

/** What the page may ask of a running rehearsal. */
export type Command = Say | Words | Microphone | Pause | Resume | End | Stop | Since | Ping

/** Answers to commands given over HTTP. */
export type { Pong, Taken }

export interface CommandRefused {
  type: 'error'
  code: string
  message: Text
}

/** What comes over the data channel. */
export type Incoming = RoomRecord | Pong | CommandRefused
