/** The keys of a page, for as long as it is shown. */

import { onBeforeUnmount, onMounted } from 'vue'
import { actOf, isField, type Act } from './keys'
import { keysOn } from './keys-on'

export function useKeys(acts: { readonly [A in Act]?: () => void }): void {
  function press(event: KeyboardEvent): void {
    if (!keysOn.value) return
    const act = actOf(event, isField(event.target))
    const run = act === null ? undefined : acts[act]
    if (!run) return
    event.preventDefault()
    run()
  }
  onMounted(() => window.addEventListener('keydown', press))
  onBeforeUnmount(() => window.removeEventListener('keydown', press))
}
