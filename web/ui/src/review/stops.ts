/** Places to go to in a rehearsal under review: what the machine found and what mentors said. Pure. */

import type { Moment } from '../score/moments'
import type { Row } from '../score/transcript-rows'
import type { MentorComment } from '../wire/review'

export interface Stop {
  id: string
  at: number
}

/** In order of time, one per tenth of a second. */
export function stopsOf(moments: readonly Moment[], comments: readonly MentorComment[]): Stop[] {
  const all: Stop[] = [
    ...moments.map(({ id, at }) => ({ id, at })),
    ...comments.flatMap(({ id, time_sec: at }) => (at === null ? [] : [{ id: `comment.${id}`, at }])),
  ]
  all.sort((one, other) => one.at - other.at)
  return all.filter((stop, index) => index === 0 || stop.at - (all[index - 1]?.at ?? 0) >= 0.1)
}

/** The stop before or after a time; just after one has begun, "before" means the one before it. */
export function stopFrom(stops: readonly Stop[], seconds: number, step: 1 | -1): Stop | null {
  if (step === 1) return stops.find((stop) => stop.at > seconds + 0.25) ?? null
  return [...stops].reverse().find((stop) => stop.at < seconds - 1.5) ?? null
}

/** The words a remark at a time is about: what was being said then, or what ended last. */
export function rowFor(rows: readonly Row[], seconds: number): Row | null {
  const begun = rows.filter((row) => isSaid(row) && row.at <= seconds + 0.05)
  // The streamer's words before a danmaku that scrolled by meanwhile.
  const own = begun.filter((row) => row.kind === 'streamer').at(-1)
  if (own && own.end >= seconds) return own
  return begun.reduce<Row | null>((last, row) => (last === null || row.end >= last.end ? row : last), null)
}

function isSaid(row: Row): boolean {
  return row.kind === 'streamer' || row.kind === 'voice' || row.kind === 'chat'
}
