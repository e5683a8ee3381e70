/** One press: two seconds of quiet for the noise of the room, then the test sound, listened for in the microphone. */

import { computed, ref } from 'vue'
import { capture, RATE_HZ } from '../rtc/capture'
import { echoOf, playTestSound, SOUND_SEC } from '../rtc/echo'
import { openUnprocessed, stopStream } from '../rtc/microphone'
import { noiseOf, type Noise } from '../rtc/noise'
import type { CheckedMicrophone } from '../rtc/use-microphone'

const QUIET_SEC = 2
/** The sound, and as long again as loudspeakers without a wire take. */
const LISTEN_SEC = SOUND_SEC + 1.2

/**
 * What came back of the test sound. `none`: nothing (headphones, or no sound at all); `cancelled`: the microphone hears
 * it and the browser takes it out; `heard`: it arrives in the room.
 */
export type EchoVerdict = 'none' | 'cancelled' | 'heard'

/** Whether a browser silenced the first stream of a device when a second was opened, as Safari does. */
function isDisturbed(stream: MediaStream): boolean {
  return stream.getAudioTracks().some((track) => track.muted || track.readyState === 'ended')
}

export function useSoundTest(microphone: CheckedMicrophone) {
  const state = ref<'idle' | 'waiting' | 'quiet' | 'sound' | 'done' | 'failed'>('idle')
  const noise = ref<Noise | null>(null)
  const echo = ref<EchoVerdict | null>(null)
  const isBusy = computed(() => ['waiting', 'quiet', 'sound'].includes(state.value))

  /** Opens the device a second time; where that silences the first stream, the first alone has to do. */
  async function streams(): Promise<[MediaStream | null, MediaStream | null]> {
    const raw = await openUnprocessed(microphone.deviceId.value)
    if (!microphone.stream.value || !isDisturbed(microphone.stream.value)) return [microphone.stream.value, raw]
    stopStream(raw)
    await microphone.open()
    return [microphone.stream.value, null]
  }

  async function measureEcho(): Promise<EchoVerdict> {
    const [used, raw] = await streams()
    if (!used) throw new Error('no microphone')
    try {
      const heard = capture(used, LISTEN_SEC, () => void playTestSound())
      const [afterwards, before] = await Promise.all([heard, raw ? capture(raw, LISTEN_SEC) : null])
      if (echoOf(afterwards).isHeard) return 'heard'
      return before && echoOf(before).isHeard ? 'cancelled' : 'none'
    } finally {
      stopStream(raw)
    }
  }

  async function measure(used: MediaStream): Promise<void> {
    state.value = 'quiet'
    noise.value = noiseOf(await capture(used, QUIET_SEC), RATE_HZ)
    state.value = 'sound'
    echo.value = await measureEcho()
    state.value = 'done'
  }

  /** Without a microphone the sound is played, and nothing measured. */
  async function playOnly(): Promise<void> {
    state.value = 'sound'
    await playTestSound()
    state.value = 'idle'
  }

  async function run(): Promise<void> {
    if (isBusy.value) return
    noise.value = null
    echo.value = null
    state.value = 'waiting'
    try {
      await microphone.settled()
      const used = microphone.stream.value
      await (used ? measure(used) : playOnly())
    } catch {
      state.value = 'failed'
    }
  }

  return { state, noise, echo, isBusy, run }
}
