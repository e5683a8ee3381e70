/** Asks before unsaved work is left: a dialog inside the page, the browser's own question when the tab closes. */

import { onBeforeUnmount, onMounted, ref } from 'vue'
import { onBeforeRouteLeave } from 'vue-router'

export function useLeaving(isUnsaved: () => boolean) {
  const asks = ref(false)
  let answer: (may: boolean) => void = () => undefined
  let isAllowed = false

  onBeforeRouteLeave(() => {
    if (isAllowed || !isUnsaved()) return true
    asks.value = true
    return new Promise<boolean>((resolve) => (answer = resolve))
  })
  const onClose = (event: BeforeUnloadEvent): void => {
    if (isUnsaved()) event.preventDefault()
  }
  onMounted(() => addEventListener('beforeunload', onClose))
  onBeforeUnmount(() => removeEventListener('beforeunload', onClose))

  function reply(may: boolean): void {
    asks.value = false
    answer(may)
  }
  return {
    asks,
    stay: () => reply(false),
    leave: () => reply(true),
    /** Leave without a question: what was written is saved. */
    allow: () => (isAllowed = true),
  }
}
