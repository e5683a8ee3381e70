/** The log and the waveforms of a kept rehearsal, loaded beside its scorecard; the scorecard stands without them. */

import { onBeforeUnmount, ref, shallowRef } from 'vue'
import { hasGaps, transcriptRows, viewerNames, type Row } from '../score/transcript-rows'
import { fetchLog, fetchPeaks } from '../wire/score'
import type { EventOf, RoomRecord } from '../wire/types'
import { useTracks } from './use-tracks'

function openingOf(records: readonly RoomRecord[]): EventOf<'rehearsal_started'> | null {
  const first = records[0]?.event
  return first?.type === 'rehearsal_started' ? first : null
}

export function useRecording(rehearsalId: string, durationSec: number | null, hasVoice: boolean) {
  const abort = new AbortController()
  const rows = shallowRef<Row[]>([])
  const names = shallowRef<{ [viewerId: string]: string }>({})
  const started = shallowRef<EventOf<'rehearsal_started'> | null>(null)
  const isDamaged = ref(false)
  const logState = ref<'loading' | 'ready' | 'failed'>('loading')
  const { tracks, tracksState } = useTracks(
    (side, points, signal) => fetchPeaks(rehearsalId, side, points, signal),
    durationSec,
    hasVoice,
  )

  async function loadLog(): Promise<void> {
    logState.value = 'loading'
    try {
      const records = await fetchLog(rehearsalId, abort.signal)
      rows.value = transcriptRows(records)
      names.value = viewerNames(records)
      started.value = openingOf(records)
      isDamaged.value = hasGaps(records)
      logState.value = 'ready'
    } catch {
      if (!abort.signal.aborted) logState.value = 'failed'
    }
  }

  void loadLog()
  onBeforeUnmount(() => abort.abort())

  return { rows, names, started, isDamaged, logState, tracks, tracksState, loadLog }
}
