/** Plays a rehearsal's recordings, streamer and viewers together: one stretch of them, or on from any moment. */

import { computed, onBeforeUnmount, ref, shallowRef } from 'vue'
import { audioUrl } from '../wire/http'
import type { Evidence, FocusPoint } from '../wire/types'

/** Heard before and after the quote, so that no first or last sound is missing. */
const LEAD_SEC = 0.4
const TAIL_SEC = 0.6
/** For evidence whose end is not known. */
const OPEN_SEC = 6
const DRIFT_SEC = 0.15

export const RATES = [0.75, 1, 1.25, 1.5] as const

export interface Clip {
  quote: string
  /** Whose words; empty or absent for the streamer's. */
  who?: string
  start: number
  end: number
}

/** Null for what cannot be heard: words without time, typed ones (which take none), and comments (which have no end). */
export function clipOf(evidence: Evidence): Clip | null {
  if (evidence.start === null || evidence.end === evidence.start) return null
  if (evidence.end === null && evidence.speaker !== 'streamer') return null
  const end = evidence.end !== null && evidence.end > evidence.start ? evidence.end : evidence.start + OPEN_SEC
  return { quote: evidence.quote, start: Math.max(0, evidence.start - LEAD_SEC), end: end + TAIL_SEC }
}

/** What shows a focus point: the line, its answer and some room around; null without times. */
export function clipOfPoint(point: FocusPoint): Clip | null {
  if (point.clip_start === null || point.clip_end === null) return null
  return { quote: point.evidence?.quote ?? '', start: point.clip_start, end: point.clip_end }
}

/** Long enough for a moment and its answer. */
const AROUND_SEC = 12

/** What a mentor points to. */
export function clipAround(seconds: number, quote: string): Clip {
  return { quote, start: Math.max(0, seconds - 1), end: seconds + AROUND_SEC }
}

/** Where playing goes on: inside a stretch from where it stopped, else from its beginning. */
export function resumeAt(clip: Clip | null, position: number, duration: number): number {
  if (clip) return position >= clip.start && position < clip.end - 0.1 ? position : clip.start
  return duration > 0 && position >= duration - 0.1 ? 0 : position
}

/**
 * The player of one rehearsal.
 *
 * @param hasVoice Whether any words were spoken; without, no recording is asked for.
 * @param urlOf Where a recording is; mentors get it elsewhere.
 */
export function useClip(
  rehearsalId: string,
  hasVoice: boolean,
  urlOf: (side: 'streamer' | 'viewers') => string = (side) => audioUrl(rehearsalId, side),
) {
  const streamer = new Audio()
  const viewers = new Audio()
  /** What is being played, if it is a stretch; null: on to the end. */
  const clip = shallowRef<Clip | null>(null)
  const isPlaying = ref(false)
  const position = ref(0)
  /** Seconds of the streamer's recording; 0 until known. */
  const duration = ref(0)
  const rate = ref<number>(1)
  /** Whether anything has been played or looked for since the bar was closed. */
  const isOpen = ref(false)
  /** Unknown until the browser has looked; false for typed rehearsals and deleted recordings. */
  const hasAudio = ref<boolean | null>(hasVoice ? null : false)
  let frame = 0

  streamer.addEventListener('loadedmetadata', () => {
    hasAudio.value = true
    duration.value = Number.isFinite(streamer.duration) ? streamer.duration : 0
  })
  streamer.addEventListener('error', () => (hasAudio.value = false))
  streamer.addEventListener('timeupdate', follow)
  streamer.addEventListener('ended', stop)
  if (hasVoice) {
    streamer.preload = 'metadata'
    streamer.src = urlOf('streamer')
  }

  function follow(): void {
    if (!isPlaying.value) return
    position.value = streamer.currentTime
    if (clip.value && streamer.currentTime >= clip.value.end) return stop()
    const isOver = Number.isFinite(viewers.duration) && streamer.currentTime >= viewers.duration
    if (!isOver && Math.abs(viewers.currentTime - streamer.currentTime) > DRIFT_SEC) {
      viewers.currentTime = streamer.currentTime
    }
  }

  /** The cursor moves with every frame; the event above comes four times a second, and in hidden tabs too. */
  function tick(): void {
    follow()
    if (isPlaying.value) frame = requestAnimationFrame(tick)
  }

  function stop(): void {
    isPlaying.value = false
    cancelAnimationFrame(frame)
    streamer.pause()
    viewers.pause()
  }

  async function start(at: number): Promise<void> {
    // Not before it is needed: a rehearsal in which no viewer spoke has no second recording.
    if (!viewers.src) viewers.src = urlOf('viewers')
    isOpen.value = true
    move(at)
    isPlaying.value = true
    void viewers.play().catch(() => undefined)
    await streamer.play().catch(stop)
    cancelAnimationFrame(frame)
    if (isPlaying.value) tick()
  }

  function move(at: number): void {
    position.value = Math.max(0, duration.value > 0 ? Math.min(at, duration.value) : at)
    streamer.currentTime = position.value
    viewers.currentTime = position.value
  }

  /** Play a stretch, then stop. */
  function play(wanted: Clip): Promise<void> {
    clip.value = wanted
    return start(wanted.start)
  }

  /** Play from a moment on. */
  function playFrom(at: number): Promise<void> {
    clip.value = null
    return start(at)
  }

  /** Go to a moment; what plays goes on playing there, to the end. */
  function seek(at: number): void {
    if (clip.value && (at < clip.value.start || at >= clip.value.end)) clip.value = null
    isOpen.value = true
    move(at)
  }

  function toggle(): void {
    if (isPlaying.value) stop()
    else void start(resumeAt(clip.value, position.value, duration.value))
  }

  function setRate(wanted: number): void {
    rate.value = wanted
    for (const side of [streamer, viewers]) {
      side.defaultPlaybackRate = wanted
      side.playbackRate = wanted
    }
  }

  function close(): void {
    stop()
    clip.value = null
    isOpen.value = false
  }

  const share = computed(() => {
    const start = clip.value?.start ?? 0
    const end = clip.value?.end ?? duration.value
    return end > start ? Math.min(1, Math.max(0, (position.value - start) / (end - start))) : 0
  })

  onBeforeUnmount(() => {
    stop()
    streamer.removeAttribute('src')
    viewers.removeAttribute('src')
  })

  return {
    clip, isPlaying, isOpen, hasAudio, position, duration, share, rate, play, playFrom, seek, toggle, setRate, close,
  }
}
