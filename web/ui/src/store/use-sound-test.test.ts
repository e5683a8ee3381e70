import { expect, test, vi } from 'vitest'
import { ref, shallowRef } from 'vue'
import type { CheckedMicrophone } from '../rtc/use-microphone'
import { useSoundTest } from './use-sound-test'

const played = vi.hoisted(() => vi.fn(async () => {}))
vi.mock('../rtc/capture', () => ({
  RATE_HZ: 16_000,
  capture: async (_: MediaStream, __: number, begun?: () => void) => {
    begun?.()
    return new Float32Array(16)
  },
}))
vi.mock('../rtc/echo', () => ({ SOUND_SEC: 1, playTestSound: played, echoOf: () => ({ isHeard: true }) }))
vi.mock('../rtc/microphone', () => ({ openUnprocessed: async () => null, stopStream: () => {} }))
vi.mock('../rtc/noise', () => ({ noiseOf: () => ({ verdict: 'quiet', db: -60 }) }))

const opened = { getAudioTracks: () => [] } as unknown as MediaStream

function microphone(settled: () => Promise<void>): CheckedMicrophone {
  return { stream: shallowRef<MediaStream | null>(null), deviceId: ref(''), settled } as unknown as CheckedMicrophone
}

test('a microphone that is still being opened is waited for, then listened to', async () => {
  let open = (): void => {}
  const found = microphone(() => new Promise<void>((resolve) => (open = resolve)))
  const { state, echo, isBusy, run } = useSoundTest(found)
  const running = run()
  expect([state.value, isBusy.value]).toEqual(['waiting', true])
  await run()
  found.stream.value = opened
  open()
  await running
  expect([state.value, echo.value, played.mock.calls.length]).toEqual(['done', 'heard', 1])
})

test('without one the sound is played, and nothing measured', async () => {
  played.mockClear()
  const { state, noise, echo, run } = useSoundTest(microphone(async () => {}))
  await run()
  expect([state.value, noise.value, echo.value, played.mock.calls.length]).toEqual(['idle', null, null, 1])
})
