/** Requests of the scorecard page. */

import type { Waveform } from '../generated/wire'
import { pollRecords, post, read, rehearsal } from './http'
import type { InputMode, RoomRecord, WordsFrom } from './types'

export type { Waveform } from '../generated/wire'

export const fetchPeaks = (id: string, side: Waveform['side'], points: number, signal: AbortSignal): Promise<Waveform> =>
  read(rehearsal(id, `/peaks?side=${side}&points=${points}`), signal)

/** The whole log of a rehearsal that is over, as many pages as it takes. */
export async function fetchLog(id: string, signal: AbortSignal): Promise<RoomRecord[]> {
  const all: RoomRecord[] = []
  for (let since = 0; ; ) {
    const { records, closed } = await pollRecords(id, since, 0, signal)
    all.push(...records)
    const last = records.at(-1)
    if (closed || !last || last.seq < since) return all
    since = last.seq + 1
  }
}

/** Three minutes on one skill, or one moment again; both on what was rehearsed then. */
export type Again = { drill: string } | { at_sec: number }

export interface How {
  input: InputMode
  words: WordsFrom
  /** Most hostile tone, and whether the streamer agreed to it; left out: as it was then. */
  intensity?: number
  consent?: boolean
}

export async function createAgain(id: string, what: Again, how: How): Promise<{ id: string }> {
  const order =
    'drill' in what
      ? { drill: { id: what.drill, rehearsal_id: id }, input: how.input, words: how.words }
      : { replay: { rehearsal_id: id, at_sec: what.at_sec }, ...how }
  const response = await post('/rehearsals', order)
  return (await response.json()) as { id: string }
}
