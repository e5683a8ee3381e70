/** The streamer's microphone in the room: its level, muting it, losing it, choosing another. */

import { ref, shallowRef } from 'vue'
import { chooseDevice } from '../rtc/held-microphone'
import { LevelMeter, METER_DB } from '../rtc/level'
import { listMicrophones, stopStream, type MicrophoneProblem } from '../rtc/microphone'

/** How loud and how long one must be to be told that one speaks while muted. */
const SPEECH_DB = -36
const SPEECH_TICKS = 12

export function useOwnMicrophone(onLost: () => void) {
  const stream = shallowRef<MediaStream | null>(null)
  const isMuted = ref(false)
  /** Whether somebody speaks into the muted microphone. */
  const isSpeakingMuted = ref(false)
  const isLost = ref(false)
  const problem = ref<MicrophoneProblem | null>(null)
  const db = ref<number>(METER_DB.low)
  const devices = shallowRef<MediaDeviceInfo[]>([])
  /** What the meter hears: a copy of the track, which goes on while the one that is sent is muted. */
  let metered: MediaStream | null = null
  let meter: LevelMeter | null = null
  let loudTicks = 0

  function onLevel(level: number): void {
    db.value = level
    loudTicks = isMuted.value && level > SPEECH_DB ? loudTicks + 1 : 0
    if (loudTicks >= SPEECH_TICKS) isSpeakingMuted.value = true
  }

  function letGo(): void {
    meter?.close()
    meter = null
    stopStream(metered)
    metered = null
  }

  /** Go on with this stream; the one before is stopped. */
  function use(next: MediaStream): void {
    if (stream.value !== next) stopStream(stream.value)
    letGo()
    stream.value = next
    isLost.value = false
    problem.value = null
    const track = next.getAudioTracks()[0]
    if (!track) return
    track.enabled = !isMuted.value
    metered = new MediaStream([track.clone()])
    for (const copy of metered.getTracks()) copy.enabled = true
    meter = new LevelMeter(metered, onLevel)
    const deviceId = track.getSettings().deviceId
    if (deviceId) chooseDevice(deviceId)
    track.addEventListener('ended', () => lost(next))
  }

  function lost(ended: MediaStream): void {
    if (stream.value !== ended) return
    letGo()
    db.value = METER_DB.low
    isLost.value = true
    void refresh()
    onLost()
  }

  async function refresh(): Promise<void> {
    devices.value = await listMicrophones()
  }

  function setMuted(muted: boolean): void {
    isMuted.value = muted
    isSpeakingMuted.value = false
    loudTicks = 0
    for (const track of stream.value?.getAudioTracks() ?? []) track.enabled = !muted
  }

  function release(): void {
    letGo()
    stopStream(stream.value)
  }

  return { stream, isMuted, isSpeakingMuted, isLost, problem, db, devices, use, setMuted, refresh, release, wake: () => meter?.wake() }
}
