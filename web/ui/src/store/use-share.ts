/** Sharing of one rehearsal, for the streamer: whether mentors may see it, who did, what they said. */

import { computed, ref, shallowRef } from 'vue'
import type { InjectionKey } from 'vue'
import { fetchShare, noteSeen, shareIt, withdrawShare, type MentorScore, type ShareState } from '../wire/review'

export function useShare(rehearsalId: string) {
  const state = shallowRef<ShareState | null>(null)
  const problem = ref<unknown>(null)
  const isBusy = ref(false)
  /** How much was new when the page was opened; it stays marked until the page is left. */
  const fresh = ref(0)

  async function run(step: () => Promise<ShareState>): Promise<boolean> {
    isBusy.value = true
    problem.value = null
    try {
      state.value = await step()
      return true
    } catch (error) {
      problem.value = error
      return false
    } finally {
      isBusy.value = false
    }
  }

  /** Read it; what is new is then seen. */
  async function load(): Promise<void> {
    if (!(await run(() => fetchShare(rehearsalId)))) return
    fresh.value = state.value?.unseen ?? 0
    if (fresh.value > 0) await run(() => noteSeen(rehearsalId))
  }

  const share = (note: string): Promise<boolean> => run(() => shareIt(rehearsalId, note))
  const withdraw = (): Promise<boolean> => run(() => withdrawShare(rehearsalId))

  const mentor = computed(() => state.value?.mentor ?? null)
  const hasNotes = computed(() => {
    const said = mentor.value
    return said !== null && (said.comments.length > 0 || said.scores.length > 0 || said.focus.length > 0 || said.debrief !== null)
  })

  /** The mentor's value beside one of the machine's. */
  function scoreOf(target: string): MentorScore | null {
    return mentor.value?.scores.find((score) => score.target === target) ?? null
  }

  return { state, problem, isBusy, fresh, mentor, hasNotes, load, share, withdraw, scoreOf }
}

export const SHARE: InjectionKey<ReturnType<typeof useShare>> = Symbol('share')
