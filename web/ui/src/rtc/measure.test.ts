import { describe, expect, it } from 'vitest'
import { echoOf, testSound } from './echo'
import { noiseOf } from './noise'
import { wavOf } from './wav'

const RATE_HZ = 16_000

/** Repeatable noise, uniform, of this level. */
function noise(seconds: number, db: number, seed = 1): Float32Array {
  let state = seed
  const peak = 10 ** (db / 20) * Math.sqrt(3)
  return new Float32Array(seconds * RATE_HZ).map(() => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648
    return peak * ((2 * state) / 2_147_483_648 - 1)
  })
}

function mixed(ground: Float32Array, sound: Float32Array, at: number, gain: number): Float32Array {
  return ground.map((sample, index) => sample + gain * (sound[index - at] ?? 0))
}

describe('the noise of a room', () => {
  it.each([
    [-70, 'quiet'],
    [-52, 'some'],
    [-40, 'loud'],
  ] as const)('of %i dB is %s', (db, verdict) => {
    const found = noiseOf(noise(2, db), RATE_HZ)
    expect(found.db).toBeCloseTo(db, 0)
    expect(found.verdict).toBe(verdict)
  })

  it('is not measured while somebody speaks', () => {
    const spoken = mixed(noise(2, -65), noise(0.5, -25, 7), RATE_HZ, 1)
    expect(noiseOf(spoken, RATE_HZ).verdict).toBe('spoken')
  })

  it('is not measured while somebody speaks all the time, with pauses between words', () => {
    const words = noise(2, -25, 7).map((sample, index) => (index % 6_400 < 4_800 ? sample : 0))
    expect(noiseOf(mixed(noise(2, -65), words, 0, 1), RATE_HZ).verdict).toBe('spoken')
  })

  it('of a microphone that gives zeros is quiet', () => {
    expect(noiseOf(new Float32Array(2 * RATE_HZ), RATE_HZ)).toEqual({ db: -90, verdict: 'quiet' })
  })

  it('does not count the click of the button', () => {
    expect(noiseOf(mixed(noise(2, -70), noise(0.2, -10, 3), 0, 1), RATE_HZ).verdict).toBe('quiet')
  })
})

describe('the test sound', () => {
  const sound = testSound(RATE_HZ)

  it.each([
    ['loud and clear', -70, 1, 3_000],
    ['soft', -60, 0.02, 9_000],
    ['as loud as the noise', -30, 0.3, 5_000],
  ] as const)('is found %s', (_, db, gain, at) => {
    expect(echoOf(mixed(noise(2.3, db), sound, at, gain)).isHeard).toBe(true)
  })

  it('is found through an echoing room, upside down', () => {
    const direct = mixed(noise(2.3, -60), sound, 4_000, -0.2)
    const room = [700, 1_300, 2_100].reduce((all, late, index) => mixed(all, sound, 4_000 + late, 0.12 / (index + 1)), direct)
    expect(echoOf(room).isHeard).toBe(true)
  })

  it.each([1, 2, 3, 4, 5])('is not found in noise %i', (seed) => {
    expect(echoOf(noise(2.3, -30, seed)).likeness).toBeLessThan(0.1)
  })

  it('is not found in a hum, in silence or in a steady tone', () => {
    const tone = (hz: number): Float32Array =>
      new Float32Array(2.3 * RATE_HZ).map((_, index) => 0.2 * Math.sin((2 * Math.PI * hz * index) / RATE_HZ))
    for (const recording of [tone(50), tone(880), new Float32Array(2.3 * RATE_HZ)]) {
      expect(echoOf(recording).isHeard).toBe(false)
    }
  })
})

it('a WAV says what it is and keeps within full scale', () => {
  const view = new DataView(wavOf(new Float32Array([0, 0.5, 2, -2]), RATE_HZ))
  const text = (at: number): string => String.fromCharCode(...[0, 1, 2, 3].map((index) => view.getUint8(at + index)))
  expect([text(0), text(8), text(36)]).toEqual(['RIFF', 'WAVE', 'data'])
  expect([view.getUint32(24, true), view.getUint16(22, true), view.getUint32(40, true)]).toEqual([RATE_HZ, 1, 8])
  expect([44, 46, 48, 50].map((at) => view.getInt16(at, true))).toEqual([0, 16_384, 32_767, -32_767])
})
