/** The test sound, and whether a microphone hears it: two rising sweeps, which nothing else in a room resembles. */

const SWEEP_SEC = 0.5
const GAP_SEC = 0.1
const FROM_HZ = 500
const TO_HZ = 2_500
const LOUDNESS = 0.25
export const SOUND_SEC = 2 * SWEEP_SEC + GAP_SEC
/** Both are compared at this rate: the sweeps end far below half of it. */
const COMPARED_HZ = 8_000
/**
 * Likeness from which the sound is in the recording. Two sweeps of 0.5 s and 2 kHz against noise are alike by 0.02
 * (one standard deviation of 1 / sqrt(2 · 1 s · 2 kHz)), the best of thousands of places by less than 0.1.
 */
export const HEARD_FROM = 0.15

export interface Echo {
  /** Best likeness of sound and recording, 0 to 1. */
  likeness: number
  isHeard: boolean
}

function sweepAt(sec: number): number {
  if (sec < 0 || sec >= SWEEP_SEC) return 0
  const growth = Math.log(TO_HZ / FROM_HZ)
  const phase = ((2 * Math.PI * FROM_HZ * SWEEP_SEC) / growth) * (Math.exp((sec / SWEEP_SEC) * growth) - 1)
  return LOUDNESS * Math.sin(Math.PI * (sec / SWEEP_SEC)) ** 2 * Math.sin(phase)
}

/** The sound as samples. */
export function testSound(rateHz: number): Float32Array {
  const samples = new Float32Array(Math.round(SOUND_SEC * rateHz))
  return samples.map((_, index) => sweepAt(index / rateHz) + sweepAt(index / rateHz - SWEEP_SEC - GAP_SEC))
}

/** Half the rate: means of neighbours. */
function halved(samples: Float32Array): Float32Array {
  const half = new Float32Array(samples.length >> 1)
  return half.map((_, index) => ((samples[2 * index] ?? 0) + (samples[2 * index + 1] ?? 0)) / 2)
}

/** Sum of products of `b` and what lies under it in `a`; runs some 80 million times, so it never looks outside. */
function dot(a: Float32Array, from: number, b: Float32Array): number {
  const length = Math.min(b.length, a.length - from)
  let sum = 0
  for (let index = 0; index < length; index += 1) sum += (a[from + index] as number) * (b[index] as number)
  return sum
}

/** Find the test sound in a recording at 16 kHz. */
export function echoOf(recording: Float32Array): Echo {
  const heard = halved(recording)
  const played = testSound(COMPARED_HZ)
  const playedEnergy = dot(played, 0, played)
  let energy = dot(heard, 0, heard.subarray(0, played.length))
  let likeness = 0
  for (let lag = 0; lag + played.length <= heard.length; lag += 1) {
    const product = dot(heard, lag, played)
    likeness = Math.max(likeness, Math.abs(product) / Math.sqrt(playedEnergy * Math.max(energy, 1e-9)))
    energy += (heard[lag + played.length] ?? 0) ** 2 - (heard[lag] ?? 0) ** 2
  }
  return { likeness, isHeard: likeness >= HEARD_FROM }
}

/** Play the test sound. Resolves when it is over. */
export async function playTestSound(): Promise<void> {
  const context = new AudioContext()
  try {
    await context.resume()
    const samples = testSound(context.sampleRate)
    const buffer = context.createBuffer(1, samples.length, context.sampleRate)
    buffer.copyToChannel(samples as Float32Array<ArrayBuffer>, 0)
    const source = context.createBufferSource()
    source.buffer = buffer
    source.connect(context.destination)
    const ended = new Promise((resolve) => source.addEventListener('ended', resolve, { once: true }))
    source.start()
    // A machine without any loudspeaker may never play it to its end.
    await Promise.race([ended, new Promise((resolve) => window.setTimeout(resolve, (SOUND_SEC + 1) * 1_000))])
  } finally {
    await context.close()
  }
}
