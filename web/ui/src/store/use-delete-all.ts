/** Deleting every rehearsal that is not running, one by one, so that what could not be deleted is known. */

import { computed, ref } from 'vue'
import { deleteRehearsal, fetchRehearsals } from '../wire/http'
import type { Summary } from '../wire/types'

export function useDeleteAll() {
  const kept = ref<Summary[] | null>(null)
  const isDeleting = ref(false)
  const deleted = ref(0)
  const problem = ref<unknown>(null)
  const ended = computed(() => (kept.value ?? []).filter((one) => one.state !== 'running'))

  async function load(): Promise<void> {
    kept.value = await fetchRehearsals().catch(() => null)
  }

  /** The list holds the latest hundred: what lies behind them comes up once these are gone. */
  async function run(): Promise<void> {
    isDeleting.value = true
    deleted.value = 0
    problem.value = null
    try {
      while (ended.value.length > 0) {
        for (const one of ended.value) {
          await deleteRehearsal(one.id)
          deleted.value += 1
        }
        await load()
      }
    } catch (error) {
      problem.value = error
      await load()
    } finally {
      isDeleting.value = false
    }
  }

  return { kept, ended, isDeleting, deleted, problem, load, run }
}
