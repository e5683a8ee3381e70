/** How loud a room is while nobody speaks. */

const FRAME_SEC = 0.02
/** Beginning that is not counted: microphones settle, and a button was just pressed. */
const SETTLE_SEC = 0.3
const SILENT_DB = -90
/**
 * Speech in the middle of the target zone averages about -32 dB. Recognition suffers when noise lies less than 15 dB
 * under it, and does not notice noise 25 dB under it.
 */
export const NOISE_DB = { quiet: -57, loud: -47 } as const
/** Moments so far apart are somebody speaking or a door, not noise: that of fans and streets varies by a few dB. */
const SPOKEN_SPREAD_DB = 18

export type NoiseVerdict = 'quiet' | 'some' | 'loud' | 'spoken'
export interface Noise {
  db: number
  verdict: NoiseVerdict
}

function frameLevels(samples: Float32Array, rateHz: number): number[] {
  const size = Math.round(FRAME_SEC * rateHz)
  const levels: number[] = []
  for (let start = Math.round(SETTLE_SEC * rateHz); start + size <= samples.length; start += size) {
    let sum = 0
    for (const sample of samples.subarray(start, start + size)) sum += sample * sample
    levels.push(Math.max(SILENT_DB, 10 * Math.log10(sum / size + 1e-12)))
  }
  return levels.sort((a, b) => a - b)
}

function verdictOf(db: number, softDb: number, loudDb: number): NoiseVerdict {
  if (loudDb > NOISE_DB.loud && loudDb - softDb > SPOKEN_SPREAD_DB) return 'spoken'
  if (db <= NOISE_DB.quiet) return 'quiet'
  return db <= NOISE_DB.loud ? 'some' : 'loud'
}

/** Noise of a stretch in which nobody was to speak: the median of 20 ms frames, dB below full scale. */
export function noiseOf(samples: Float32Array, rateHz: number): Noise {
  const levels = frameLevels(samples, rateHz)
  const at = (share: number): number => levels[Math.floor(share * (levels.length - 1))] ?? SILENT_DB
  const db = at(0.5)
  return { db, verdict: verdictOf(db, at(0.1), at(0.9)) }
}
