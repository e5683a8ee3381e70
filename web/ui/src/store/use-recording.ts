/** The log and the waveforms of a kept rehearsal, loaded beside its scorecard; the scorecard stands without them. */

import { onBeforeUnmount, ref, shallowRef } from 'vue'
import { pointsFor, tracksOf, type Tracks } from '../score/peaks'
import { hasGaps, transcriptRows, type Row } from '../score/transcript-rows'
import { fetchLog, fetchPeaks, type Waveform } from '../wire/score'
import type { EventOf, RoomRecord } from '../wire/types'

function openingOf(records: readonly RoomRecord[]): EventOf<'rehearsal_started'> | null {
  const first = records[0]?.event
  return first?.type === 'rehearsal_started' ? first : null
}

export function useRecording(rehearsalId: string, durationSec: number | null, hasVoice: boolean) {
  const abort = new AbortController()
  const rows = shallowRef<Row[]>([])
  const started = shallowRef<EventOf<'rehearsal_started'> | null>(null)
  const isDamaged = ref(false)
  const logState = ref<'loading' | 'ready' | 'failed'>('loading')
  const tracks = shallowRef<Tracks | null>(null)
  const tracksState = ref<'loading' | 'ready' | 'none'>(hasVoice ? 'loading' : 'none')

  async function loadLog(): Promise<void> {
    logState.value = 'loading'
    try {
      const records = await fetchLog(rehearsalId, abort.signal)
      rows.value = transcriptRows(records)
      started.value = openingOf(records)
      isDamaged.value = hasGaps(records)
      logState.value = 'ready'
    } catch {
      if (!abort.signal.aborted) logState.value = 'failed'
    }
  }

  function side(which: Waveform['side']): Promise<Waveform | null> {
    return fetchPeaks(rehearsalId, which, pointsFor(durationSec), abort.signal).catch(() => null)
  }

  async function loadTracks(): Promise<void> {
    const [streamer, viewers] = await Promise.all([side('streamer'), side('viewers')])
    if (abort.signal.aborted) return
    tracks.value = tracksOf(streamer, viewers)
    tracksState.value = tracks.value ? 'ready' : 'none'
  }

  void loadLog()
  if (hasVoice) void loadTracks()
  onBeforeUnmount(() => abort.abort())

  return { rows, started, isDamaged, logState, tracks, tracksState, loadLog }
}
