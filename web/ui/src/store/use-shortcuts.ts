/** Listens for the room's keys, if they are on. */

import { onBeforeUnmount, onMounted, ref } from 'vue'
import { actionOf, takesKeys, type RoomAction } from './shortcuts'

const STORED = 'coach.shortcuts'

function areOn(): boolean {
  try {
    return localStorage.getItem(STORED) !== 'off'
  } catch {
    return true
  }
}

export function useShortcuts(act: (action: RoomAction) => void) {
  const isOn = ref(areOn())

  function setOn(on: boolean): void {
    isOn.value = on
    try {
      localStorage.setItem(STORED, on ? 'on' : 'off')
    } catch {
      // Not remembered.
    }
  }

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
