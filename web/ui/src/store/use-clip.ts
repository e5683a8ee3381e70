/** Plays stretches of a rehearsal's recordings, streamer and viewers together. */

import { computed, onBeforeUnmount, ref, shallowRef } from 'vue'
import { audioUrl } from '../wire/http'
import type { Evidence, FocusPoint } from '../wire/types'

/** Heard before and after the quote, so that no first or last sound is missing. */
const LEAD_SEC = 0.4
const TAIL_SEC = 0.6
/** For evidence whose end is not known. */
const OPEN_SEC = 6
const DRIFT_SEC = 0.15

export interface Clip {
  quote: string
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

/**
 * The player of one rehearsal.
 *
 * @param hasVoice Whether any words were spoken; without, no recording is asked for.
 */
export function useClip(rehearsalId: string, hasVoice: boolean) {
  const streamer = new Audio()
  const viewers = new Audio()
  const clip = shallowRef<Clip | null>(null)
  const isPlaying = ref(false)
  const position = ref(0)
  /** Unknown until the browser has looked; false for typed rehearsals and deleted recordings. */
  const hasAudio = ref<boolean | null>(hasVoice ? null : false)

  streamer.addEventListener('loadedmetadata', () => (hasAudio.value = true))
  streamer.addEventListener('error', () => (hasAudio.value = false))
  streamer.addEventListener('timeupdate', follow)
  streamer.addEventListener('ended', stop)
  if (hasVoice) {
    streamer.preload = 'metadata'
    streamer.src = audioUrl(rehearsalId, 'streamer')
  }

  function follow(): void {
    position.value = streamer.currentTime
    if (!isPlaying.value || !clip.value) return
    if (streamer.currentTime >= clip.value.end) return stop()
    if (Math.abs(viewers.currentTime - streamer.currentTime) > DRIFT_SEC) viewers.currentTime = streamer.currentTime
  }

  function stop(): void {
    isPlaying.value = false
    streamer.pause()
    viewers.pause()
  }

  async function play(wanted: Clip): Promise<void> {
    // Not before it is needed: a rehearsal in which no viewer spoke has no second recording.
    if (!viewers.src) viewers.src = audioUrl(rehearsalId, 'viewers')
    clip.value = wanted
    position.value = wanted.start
    streamer.currentTime = wanted.start
    viewers.currentTime = wanted.start
    isPlaying.value = true
    void viewers.play().catch(() => undefined)
    await streamer.play().catch(stop)
  }

  function toggle(): void {
    if (isPlaying.value) stop()
    else if (clip.value) void play(clip.value)
  }

  function close(): void {
    stop()
    clip.value = null
  }

  const share = computed(() => {
    if (!clip.value) return 0
    const { start, end } = clip.value
    return Math.min(1, Math.max(0, (position.value - start) / (end - start)))
  })

  onBeforeUnmount(() => {
    stop()
    streamer.removeAttribute('src')
    viewers.removeAttribute('src')
  })

  return { clip, isPlaying, hasAudio, position, share, play, toggle, close }
}
