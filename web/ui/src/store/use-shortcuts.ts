/** Listens for the room's keys, if they are on. */

import { onBeforeUnmount, onMounted } from 'vue'
import { rememberedSwitch } from './remembered-switch'
import { actionOf, takesKeys, type RoomAction } from './shortcuts'

const STORED = 'coach.shortcuts'

export function useShortcuts(act: (action: RoomAction) => void) {
  const { isOn, setOn } = rememberedSwitch(STORED, true)

  function pressed(event: KeyboardEvent): void {
    const action = isOn.value ? actionOf(event, takesKeys(event.target)) : null
    if (!action) return
    event.preventDefault()
    act(action)
  }

  onMounted(() => window.addEventListener('keydown', pressed))
  onBeforeUnmount(() => window.removeEventListener('keydown', pressed))
  return { isOn, setOn }
}
