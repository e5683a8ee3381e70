/** How loud a stream is, for meters. Reads the stream beside the connection and never changes it. */

/**
 * Where the meter should stand during speech at arm's length, in dB below full scale. The meter follows the loudest
 * syllables (21 ms windows, browser's gain control on), which lie 8 to 10 dB above the average of speech.
 */
export const TARGET_DB = { low: -38, high: -8 } as const
export const METER_DB = { low: -60, high: 0 } as const

export type LevelVerdict = 'silent' | 'low' | 'good' | 'high'

/** Root mean square of samples in [-1, 1] as dBFS, never under the meter's low end. */
export function rmsDb(samples: Float32Array): number {
  let sum = 0
  for (const sample of samples) sum += sample * sample
  const rms = Math.sqrt(sum / Math.max(1, samples.length))
  return Math.max(METER_DB.low, 20 * Math.log10(Math.max(rms, 1e-6)))
}

/** Share of the meter that `db` fills, 0 to 1. */
export function meterShare(db: number): number {
  return Math.min(1, Math.max(0, (db - METER_DB.low) / (METER_DB.high - METER_DB.low)))
}

export function verdict(db: number): LevelVerdict {
  if (db < -52) return 'silent'
  if (db < TARGET_DB.low) return 'low'
  return db > TARGET_DB.high ? 'high' : 'good'
}

/** Smooth as meters do: up at once, down slowly, so that a word stays visible. */
export function smooth(previousDb: number, db: number): number {
  return db > previousDb ? previousDb + 0.6 * (db - previousDb) : previousDb + 0.12 * (db - previousDb)
}

/** Calls back with the smoothed level, 30 times a second, until closed. */
export class LevelMeter {
  readonly #context: AudioContext
  readonly #source: MediaStreamAudioSourceNode
  readonly #timer: number
  #db: number = METER_DB.low

  constructor(stream: MediaStream, onLevel: (db: number) => void) {
    this.#context = new AudioContext()
    this.#source = this.#context.createMediaStreamSource(stream)
    const analyser = this.#context.createAnalyser()
    analyser.fftSize = 1024
    this.#source.connect(analyser)
    const samples = new Float32Array(analyser.fftSize)
    this.#timer = window.setInterval(() => {
      analyser.getFloatTimeDomainData(samples)
      this.#db = smooth(this.#db, rmsDb(samples))
      onLevel(this.#db)
    }, 33)
    void this.#context.resume()
  }

  /** After a reload browsers start audio only once the page is touched. */
  wake(): void {
    if (this.#context.state === 'suspended') void this.#context.resume()
  }

  close(): void {
    window.clearInterval(this.#timer)
    this.#source.disconnect()
    if (this.#context.state !== 'closed') void this.#context.close()
  }
}
