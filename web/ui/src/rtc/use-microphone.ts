/** The microphone of the sound check: open, change device, follow plugging and unplugging, meter. */

import { onBeforeUnmount, onMounted, ref, shallowRef } from 'vue'
import { chooseDevice, chosenDevice, holdMicrophone } from './held-microphone'
import { LevelMeter, METER_DB } from './level'
import {
  isMicrophoneAllowed,
  listMicrophones,
  MicrophoneError,
  openMicrophone,
  stopStream,
  type MicrophoneProblem,
} from './microphone'

export type CheckedMicrophone = ReturnType<typeof useMicrophone>

export function useMicrophone() {
  const state = ref<'idle' | 'asking' | 'open' | 'failed' | 'lost'>('idle')
  const problem = ref<MicrophoneProblem | null>(null)
  const devices = ref<MediaDeviceInfo[]>([])
  const deviceId = ref('')
  const db = ref<number>(METER_DB.low)
  const stream = shallowRef<MediaStream | null>(null)
  let meter: LevelMeter | null = null
  let handedOver = false
  let opening: Promise<void> = Promise.resolve()

  function release(): void {
    meter?.close()
    meter = null
    stopStream(stream.value)
    stream.value = null
  }

  function use(opened: MediaStream): void {
    release()
    stream.value = opened
    meter = new LevelMeter(opened, (level) => (db.value = level))
    const track = opened.getAudioTracks()[0]
    deviceId.value = track?.getSettings().deviceId ?? ''
    if (deviceId.value) chooseDevice(deviceId.value)
    track?.addEventListener('ended', () => {
      if (stream.value === opened) state.value = 'lost'
    })
  }

  function open(wanted: string | null = chosenDevice()): Promise<void> {
    opening = openNow(wanted)
    return opening
  }

  async function openNow(wanted: string | null): Promise<void> {
    state.value = 'asking'
    problem.value = null
    try {
      use(await openMicrophone(wanted))
      state.value = 'open'
      await refresh()
    } catch (error) {
      release()
      problem.value = error instanceof MicrophoneError ? error.problem : 'unknown'
      state.value = 'failed'
    }
  }

  async function refresh(): Promise<void> {
    devices.value = await listMicrophones()
  }

  /** Leave the open stream for the room. */
  function handOver(): void {
    if (!stream.value) return
    handedOver = true
    holdMicrophone(stream.value)
  }

  /** Whoever allowed the microphone before is not asked to press a button again. */
  async function openIfAllowed(): Promise<void> {
    if ((await isMicrophoneAllowed()) && state.value === 'idle') await open()
  }

  let looked: Promise<void> = Promise.resolve()
  const follow = (): void => void refresh()
  onMounted(() => {
    navigator.mediaDevices?.addEventListener('devicechange', follow)
    looked = openIfAllowed()
  })
  onBeforeUnmount(() => {
    navigator.mediaDevices?.removeEventListener('devicechange', follow)
    if (handedOver) {
      meter?.close()
      stream.value = null
    }
    release()
  })

  /** Waits for a microphone that is just being opened, or asked for. */
  async function settled(): Promise<void> {
    await looked
    await opening
  }

  return { state, problem, devices, deviceId, db, stream, open, settled, handOver }
}
