/** One rehearsal as this page lives it: the link, the folded records, the microphone, the viewers' voices. */

import { computed, onBeforeUnmount, onMounted, ref, shallowRef, watch } from 'vue'
import { chosenDevice, takeMicrophone } from '../rtc/held-microphone'
import type { Link, LinkEvents, LinkState } from '../rtc/link'
import { isMicrophoneAllowed, MicrophoneError, openMicrophone } from '../rtc/microphone'
import { RoomClock } from '../rtc/room-clock'
import { TypedLink } from '../rtc/typed-link'
import { VoiceLink } from '../rtc/voice-link'
import { fetchRehearsal, pollRecords } from '../wire/http'
import type { Command, InputMode, Scenario, Text } from '../wire/types'
import { rememberedInput, rememberInput } from './remembered'
import { applyRecord, elapsed, emptyRoom } from './room'
import { unsent } from './unsent'
import { useOwnMicrophone } from './use-own-microphone'
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
  /** The rehearsal is one by voice, but this page has no microphone: typing works meanwhile. */
  const needsMicrophone = ref(false)
  /** Whole seconds that count towards the rehearsal's length. */
  const seconds = ref(0)
  /** Whether the exam keeps the product's points to itself; the records say so too, but later. */
  const isExam = ref(false)

  const clock = new RoomClock()
  let link: Link | null = null
  let isGone = false
  /** Whether this page asked for the pause because the microphone was lost, and so ends it by itself. */
  let waitsForMicrophone = false

  const microphone = useOwnMicrophone(() => {
    // Viewers would take the silence for the streamer's.
    if (room.value.paused !== null || room.value.ended !== null) return
    waitsForMicrophone = true
    send({ type: 'pause' })
  })

  const events: LinkEvents = {
    nextSeq: () => room.value.nextSeq,
    onRecord: (record) => (room.value = applyRecord(room.value, record)),
    onState: (state) => (linkState.value = state),
    onRefused: (answer) => (refused.value = answer.message),
    onUnsent: (lines) => (unsent.value = { rehearsalId: id, lines }),
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

  function joinByVoice(stream: MediaStream): VoiceLink {
    microphone.use(stream)
    needsMicrophone.value = false
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
      isExam.value = detail.exam
      if (!detail.running) linkState.value = 'gone'
      else if (!remembered) await joinUnknown(detail.connected)
    } catch (error) {
      problem.value = error
    }
  }

  /** Ask for a microphone (the user pressed a button or chose one) and go on by voice. */
  async function speak(deviceId: string | null = chosenDevice()): Promise<void> {
    try {
      const stream = await openMicrophone(deviceId)
      if (link instanceof VoiceLink) {
        microphone.use(stream)
        await link.replaceMicrophone(stream)
      } else {
        useLink(joinByVoice(stream))
      }
      goOn()
    } catch (error) {
      microphone.problem.value = error instanceof MicrophoneError ? error.problem : 'unknown'
    }
  }

  /** End the pause that the lost microphone began; not one that the streamer asked for. */
  function goOn(): void {
    if (waitsForMicrophone && room.value.paused === 'streamer') send({ type: 'resume' })
    waitsForMicrophone = false
  }

  /** Type instead of speaking, also when that is how it goes on without a microphone. */
  function say(text: string): void {
    goOn()
    send({ type: 'say', text })
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
    // Whoever has had enough waits for no server: the page stops by itself, and the server is told when it is back.
    if (command.type === 'stop' && linkState.value !== 'connected') room.value = { ...room.value, ended: 'safe_word' }
  }

  function leave(): void {
    isGone = true
    link?.close()
    microphone.release()
  }

  const canSpeak = computed(() => microphone.stream.value !== null && !microphone.isLost.value)
  const listens = computed(
    () => linkState.value === 'connected' && canSpeak.value && !microphone.isMuted.value && !room.value.paused && !room.value.ended,
  )
  const locale = computed(() => scenario.value?.locale ?? null)
  const { speechProblem } = usePageSpeech(id, locale, listens, send)

  // A pause that somebody ended by hand is no longer this page's to end.
  watch(() => room.value.paused, (paused) => {
    if (paused === null) waitsForMicrophone = false
  })

  const plugged = (): void => void microphone.refresh()
  /** A page that comes back from the browser's cache has let go of everything. */
  const revive = (event: PageTransitionEvent): void => {
    if (event.persisted) window.location.reload()
  }
  let timer: number | undefined
  onMounted(() => {
    timer = window.setInterval(() => {
      // A room that waits for its streamer counts nothing meanwhile.
      if (linkState.value !== 'reconnecting') seconds.value = Math.floor(elapsed(room.value, clock.now()))
    }, TICK_MS)
    window.addEventListener('pagehide', leave)
    window.addEventListener('pageshow', revive)
    window.addEventListener('pointerdown', microphone.wake)
    navigator.mediaDevices?.addEventListener('devicechange', plugged)
    void open()
  })
  onBeforeUnmount(() => {
    window.clearInterval(timer)
    window.removeEventListener('pagehide', leave)
    window.removeEventListener('pageshow', revive)
    window.removeEventListener('pointerdown', microphone.wake)
    navigator.mediaDevices?.removeEventListener('devicechange', plugged)
    leave()
  })

  return {
    room, scenario, isExam, linkState, latencyMs, refused, problem, voices, needsMicrophone, microphone, speechProblem,
    seconds, open, speak, say, takeOver, send, canSpeak, stats: () => link?.stats() ?? Promise.resolve(null),
  }
}
