/** What the streamer marks findings as: shown at once, kept by the server, taken back where it could not be kept. */

import { ref } from 'vue'
import type { InjectionKey } from 'vue'
import { markFinding } from '../wire/http'
import type { Mark, Marks } from '../wire/types'

export function useMarks(rehearsalId: string, initial: Marks) {
  const marks = ref<Marks>({ ...initial })
  const problem = ref<unknown>(null)

  /** Mark a finding; the mark it has already is taken away. */
  async function toggle(findingId: string, mark: Mark): Promise<void> {
    const before = { ...marks.value }
    const wanted = before[findingId] === mark ? null : mark
    const others = Object.fromEntries(Object.entries(before).filter(([id]) => id !== findingId))
    marks.value = wanted === null ? others : { ...others, [findingId]: wanted }
    problem.value = null
    try {
      marks.value = await markFinding(rehearsalId, findingId, wanted)
    } catch (error) {
      marks.value = before
      problem.value = error
    }
  }

  return { marks, problem, toggle }
}

export const MARKS: InjectionKey<ReturnType<typeof useMarks>> = Symbol('marks')
