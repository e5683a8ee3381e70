/** Something asked of the server, again whenever what it depends on changes; an answer that is out of date is dropped. */

import { ref, shallowRef, watch } from 'vue'

export function useLoaded<T>(ask: () => Promise<T>, dependsOn: () => unknown = () => null) {
  const value = shallowRef<T | null>(null)
  const problem = ref<unknown>(null)
  const isLoading = ref(false)
  let latest = 0

  async function load(): Promise<void> {
    latest += 1
    const mine = latest
    isLoading.value = true
    try {
      const found = await ask()
      if (mine !== latest) return
      value.value = found
      problem.value = null
    } catch (error) {
      if (mine === latest) problem.value = error
    } finally {
      if (mine === latest) isLoading.value = false
    }
  }

  watch(dependsOn, load, { immediate: true })
  return { value, problem, isLoading, load }
}
