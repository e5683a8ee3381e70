/** One rehearsal as this page lives it: the link, the folded records, the microphone, the viewers' voices. */

import { computed, onBeforeUnmount, onMounted, ref, shallowRef } from 'vue'
import { chosenDevice, takeMicrophone } from '../rtc/held-microphone'
import { LevelMeter, METER_DB } from '../rtc/level'
import type { Link, LinkEvents, LinkState } from '../rtc/link'
import { isMicrophoneAllowed, MicrophoneError, openMicrophone, stopStream, type MicrophoneProblem } from '../rtc/microphone'
import { RoomClock } from '../rtc/room-clock'
import { TypedLink } from '../rtc/typed-link'
import { VoiceLink } from '../rtc/voice-link'
import { fetchRehearsal, pollRecords } from '../wire/http'
import type { Command, InputMode, Scenario, Text } from '../wire/types'
import { rememberedInput, rememberInput } from './remembered'
import { applyRecord, elapsed, emptyRoom } from './room'
import { usePageSpeech } from './use-page-speech'

const TICK_MS = 250

export function useRoom(id: string) {
  const room = shallowRef(emptyRoom)
  const scenario = shallowRef<Scenario | null>(null)
  const linkState = ref<LinkState>('connecting')
  const latencyMs = ref<number | null>(null)
  const refused = ref<Text | null>(null)
  const problem = ref<unknown>(null)
  const voices = shallowRef<MediaStream | null>(null)
  const microphone = shallowRef<MediaStream | null>(null)
  /** The rehearsal is one by voice, but this page has no microphone: typing works meanwhile. */
  const needsMicrophone = ref(false)
  const isMicrophoneLost = ref(false)
  const microphoneProblem = ref<MicrophoneProblem | null>(null)
  const isMuted = ref(false)
  const db = ref<number>(METER_DB.low)
  const seconds = ref(0)

  const clock = new RoomClock()
  let link: Link | null = null
  let meter: LevelMeter | null = null
  let isGone = false

  const events: LinkEvents = {
    nextSeq: () => room.value.nextSeq,
    onRecord: (record) => (room.value = applyRecord(room.value, record)),
    onState: (state) => (linkState.value = state),
    onRefused: (answer) => (refused.value = answer.message),
    onTime: (at, roundTripMs) => {
      clock.observe(at)
      if (roundTripMs !== null) latencyMs.value = Math.round(roundTripMs)
    },
  }

  function useLink(next: Link): void {
    link?.close()
    link = next
    if (isGone) return next.close()
    next.start()
  }

  function useMicrophone(stream: MediaStream): void {
    if (microphone.value !== stream) stopStream(microphone.value)
    meter?.close()
    microphone.value = stream
    isMicrophoneLost.value = false
    microphoneProblem.value = null
    needsMicrophone.value = false
    meter = new LevelMeter(stream, (level) => (db.value = isMuted.value ? METER_DB.low : level))
    const track = stream.getAudioTracks()[0]
    if (track) track.enabled = !isMuted.value
    track?.addEventListener('ended', () => {
      if (microphone.value === stream) isMicrophoneLost.value = true
    })
  }

  function joinByVoice(stream: MediaStream): VoiceLink {
    useMicrophone(stream)
    rememberInput(id, 'voice')
    return new VoiceLink(id, stream, events, (received) => (voices.value = received))
  }

  /** A microphone without a question to the user: the one of the sound check, or one allowed before. */
  async function quietMicrophone(): Promise<MediaStream | null> {
    const held = takeMicrophone()
    if (held) return held
    return (await isMicrophoneAllowed()) ? openMicrophone(chosenDevice()).catch(() => null) : null
  }

  async function join(input: InputMode): Promise<void> {
    if (input === 'typed') return useLink(new TypedLink(id, events))
    const stream = await quietMicrophone()
    if (stream) return useLink(joinByVoice(stream))
    needsMicrophone.value = true
    useLink(new TypedLink(id, events))
  }

  /** How to take part in a rehearsal that this tab did not start. */
  async function joinUnknown(isConnected: boolean): Promise<void> {
    if (isConnected) {
      linkState.value = 'other_tab'
      return
    }
    const { records } = await pollRecords(id, 0, 0, new AbortController().signal)
    for (const record of records) events.onRecord(record)
    await join(room.value.input)
  }

  async function open(): Promise<void> {
    problem.value = null
    const remembered = rememberedInput(id)
    try {
      if (remembered) await join(remembered)
      const detail = await fetchRehearsal(id)
      scenario.value = detail.scenario
      if (!detail.running) linkState.value = 'gone'
      else if (!remembered) await joinUnknown(detail.connected)
    } catch (error) {
      problem.value = error
    }
  }

  /** Ask for the microphone (the user pressed a button) and go on by voice. */
  async function speak(): Promise<void> {
    try {
      const stream = await openMicrophone(chosenDevice())
      if (link instanceof VoiceLink) {
        useMicrophone(stream)
        await link.replaceMicrophone(stream)
      } else {
        useLink(joinByVoice(stream))
      }
    } catch (error) {
      microphoneProblem.value = error instanceof MicrophoneError ? error.problem : 'unknown'
    }
  }

  /** Continue here what another tab holds. */
  async function takeOver(): Promise<void> {
    if (link) return link.takeOver()
    try {
      const stream = (await quietMicrophone()) ?? (await openMicrophone(chosenDevice()))
      const voiceLink = joinByVoice(stream)
      link = voiceLink
      voiceLink.start(true)
    } catch {
      await join('typed')
      needsMicrophone.value = true
    }
  }

  function send(command: Command): void {
    refused.value = null
    link?.send(command)
  }

  function setMuted(muted: boolean): void {
    isMuted.value = muted
    for (const track of microphone.value?.getAudioTracks() ?? []) track.enabled = !muted
  }

  function leave(): void {
    isGone = true
    link?.close()
    meter?.close()
    stopStream(microphone.value)
  }

  const listens = computed(
    () => linkState.value === 'connected' && microphone.value !== null && !isMuted.value && !room.value.paused && !room.value.ended,
  )
  const locale = computed(() => scenario.value?.locale ?? null)
  const { speechProblem } = usePageSpeech(id, locale, listens, send)

  const wake = (): void => meter?.wake()
  /** A page that comes back from the browser's cache has let go of everything. */
  const revive = (event: PageTransitionEvent): void => {
    if (event.persisted) window.location.reload()
  }
  let timer: number | undefined
  onMounted(() => {
    timer = window.setInterval(() => (seconds.value = elapsed(room.value, clock.now())), TICK_MS)
    window.addEventListener('pagehide', leave)
    window.addEventListener('pageshow', revive)
    window.addEventListener('pointerdown', wake)
    void open()
  })
  onBeforeUnmount(() => {
    window.clearInterval(timer)
    window.removeEventListener('pagehide', leave)
    window.removeEventListener('pageshow', revive)
    window.removeEventListener('pointerdown', wake)
    leave()
  })

  return {
    room, scenario, linkState, latencyMs, refused, problem, voices, microphone, needsMicrophone, isMicrophoneLost,
    microphoneProblem, speechProblem, isMuted, db, seconds, open, speak, takeOver, send, setMuted,
    canSpeak: computed(() => microphone.value !== null),
  }
}
