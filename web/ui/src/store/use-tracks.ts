/** Both waveforms of a rehearsal, loaded beside the rest of its page. */

import { onBeforeUnmount, ref, shallowRef } from 'vue'
import { pointsFor, tracksOf, type Tracks } from '../score/peaks'
import type { Waveform } from '../wire/score'

export type AskPeaks = (side: Waveform['side'], points: number, signal: AbortSignal) => Promise<Waveform>

/** @param ask Streamers and mentors get them from different places. */
export function useTracks(ask: AskPeaks, durationSec: number | null, hasVoice: boolean) {
  const abort = new AbortController()
  const tracks = shallowRef<Tracks | null>(null)
  const tracksState = ref<'loading' | 'ready' | 'none'>(hasVoice ? 'loading' : 'none')

  function side(which: Waveform['side']): Promise<Waveform | null> {
    return ask(which, pointsFor(durationSec), abort.signal).catch(() => null)
  }

  async function load(): Promise<void> {
    const [streamer, viewers] = await Promise.all([side('streamer'), side('viewers')])
    if (abort.signal.aborted) return
    tracks.value = tracksOf(streamer, viewers)
    tracksState.value = tracks.value ? 'ready' : 'none'
  }

  if (hasVoice) void load()
  onBeforeUnmount(() => abort.abort())

  return { tracks, tracksState }
}
