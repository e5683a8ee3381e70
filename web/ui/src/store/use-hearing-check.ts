/** "Say this": five seconds of the microphone for the room's recogniser, and what it understood. */

import { computed, onBeforeUnmount, ref, type Ref } from 'vue'
import { capture, RATE_HZ } from '../rtc/capture'
import type { CheckedMicrophone } from '../rtc/use-microphone'
import { wavOf } from '../rtc/wav'
import { ApiError } from '../wire/http'
import { checkHearing, fetchHearingSentence, type HearingChecked, type HearingSentence } from '../wire/start'

export const SAY_SEC = 5
const TICK_MS = 100

export function useHearingCheck(scenarioId: string, microphone: CheckedMicrophone) {
  const sentence: Ref<HearingSentence | null> = ref(null)
  const state = ref<'idle' | 'listening' | 'asking' | 'done' | 'failed'>('idle')
  const checked: Ref<HearingChecked | null> = ref(null)
  const problem = ref<unknown>(null)
  const leftSec = ref(0)
  const isBusy = computed(() => state.value === 'listening' || state.value === 'asking')
  let timer = 0

  /** A drill's product may be of a scenario that is no longer listed: then there is nothing to say. */
  async function load(): Promise<void> {
    sentence.value = await fetchHearingSentence(scenarioId).catch(() => null)
  }

  function countDown(): void {
    const until = performance.now() + SAY_SEC * 1_000
    leftSec.value = SAY_SEC
    timer = window.setInterval(() => {
      leftSec.value = Math.max(0, (until - performance.now()) / 1_000)
    }, TICK_MS)
  }

  async function listen(stream: MediaStream): Promise<ArrayBuffer> {
    state.value = 'listening'
    try {
      return wavOf(await capture(stream, SAY_SEC, countDown), RATE_HZ)
    } finally {
      window.clearInterval(timer)
    }
  }

  async function run(): Promise<void> {
    const stream = microphone.stream.value
    if (!stream || isBusy.value) return
    checked.value = null
    problem.value = null
    try {
      const wav = await listen(stream)
      state.value = 'asking'
      checked.value = await checkHearing(scenarioId, wav)
      state.value = 'done'
    } catch (error) {
      problem.value = error instanceof ApiError ? error : null
      state.value = 'failed'
    }
  }

  onBeforeUnmount(() => window.clearInterval(timer))

  return { sentence, state, checked, problem, leftSec, isBusy, load, run }
}
