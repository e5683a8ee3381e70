/** A switch that this browser remembers, where it has storage. */

import { ref, type Ref } from 'vue'

function recalled(key: string, byDefault: boolean): boolean {
  try {
    const stored = localStorage.getItem(key)
    return stored === null ? byDefault : stored === 'on'
  } catch {
    return byDefault
  }
}

export function rememberedSwitch(key: string, byDefault: boolean): { isOn: Ref<boolean>; setOn: (on: boolean) => void } {
  const isOn = ref(recalled(key, byDefault))

  function setOn(on: boolean): void {
    isOn.value = on
    try {
      localStorage.setItem(key, on ? 'on' : 'off')
    } catch {
      // Not remembered.
    }
  }

  return { isOn, setOn }
}
