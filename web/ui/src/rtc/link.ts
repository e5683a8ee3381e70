/** A connection between this page and one rehearsal, whichever way it runs. */

import type { Command, CommandRefused, RoomRecord } from '../wire/types'
import type { LinkStats } from './link-stats'

export type LinkState =
  | 'connecting'
  | 'connected'
  | 'reconnecting'
  /** Another tab holds the rehearsal; nothing more is tried until `takeOver`. */
  | 'other_tab'
  /** The rehearsal is over or unknown; nothing more is tried. */
  | 'gone'

export interface LinkEvents {
  onRecord(record: RoomRecord): void
  onState(state: LinkState): void
  /** The rehearsal stood at `at` seconds; `roundTripMs` where it was measured. */
  onTime(at: number, roundTripMs: number | null): void
  onRefused(refused: CommandRefused): void
  /** Lines that were typed and will not arrive any more: the rehearsal is over. */
  onUnsent(lines: string[]): void
  /** First record this page does not have yet. */
  nextSeq(): number
}

export interface Link {
  start(): void
  send(command: Command): void
  takeOver(): void
  /** What the browser measures on the way; null where there is no such connection. */
  stats(): Promise<LinkStats | null>
  close(): void
}
