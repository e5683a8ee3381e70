/** Both recordings' peaks on one time axis. Pure. */

export interface Side {
  duration_sec: number
  /** Loudest sample of each equal part, 0 to 255 of full scale. */
  peaks: number[]
}

export interface Tracks {
  /** Seconds: the longer of the two. */
  duration: number
  /** Streamer, viewers: as many values each, 0 to 1. */
  channels: [number[], number[]]
}

const MOST = 20_000
const PER_SEC = 50

/** How many peaks a recording of this length is worth. */
export function pointsFor(seconds: number | null): number {
  return Math.round(Math.min(MOST, Math.max(200, (seconds ?? 300) * PER_SEC)))
}

/** One value per equal part of `duration`; beyond the end of a recording it is silent. */
export function spread(side: Side | null, duration: number, parts: number): number[] {
  const out = new Array<number>(parts).fill(0)
  if (!side || side.peaks.length === 0 || duration <= 0) return out
  const perSec = side.peaks.length / side.duration_sec
  for (let part = 0; part < parts; part += 1) {
    const from = Math.floor((part * duration * perSec) / parts)
    const to = Math.max(from + 1, Math.floor(((part + 1) * duration * perSec) / parts))
    let loudest = 0
    for (let at = from; at < to && at < side.peaks.length; at += 1) loudest = Math.max(loudest, side.peaks[at] ?? 0)
    out[part] = loudest / 255
  }
  return out
}

/** Null where the streamer was not recorded. */
export function tracksOf(streamer: Side | null, viewers: Side | null): Tracks | null {
  if (!streamer) return null
  const duration = Math.max(streamer.duration_sec, viewers?.duration_sec ?? 0)
  const parts = pointsFor(duration)
  return { duration, channels: [spread(streamer, duration, parts), spread(viewers, duration, parts)] }
}
