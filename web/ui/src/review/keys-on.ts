/** Whether single keys do something: who dictates or presses keys by accident switches them off (WCAG 2.1.4). */

import { ref } from 'vue'

const KEY = 'coach.keys'

function recall(): boolean {
  try {
    return localStorage.getItem(KEY) !== 'off'
  } catch {
    return true
  }
}

export const keysOn = ref(recall())

export function setKeysOn(on: boolean): void {
  keysOn.value = on
  try {
    localStorage.setItem(KEY, on ? 'on' : 'off')
  } catch {
    // Not remembered: the browser's storage is switched off.
  }
}
