/** Keys of the room. Single keys can be switched off (WCAG 2.1.4), and none acts while somebody types. */

export type RoomAction = 'mute' | 'pause' | 'type' | 'product' | 'camera' | 'latency' | 'help' | 'stop' | 'end'

/** Key as typed, its name for people, and what it does. */
export const SHORTCUTS: readonly { key: string; shown: readonly string[]; action: RoomAction }[] = [
  { key: 'm', shown: ['M'], action: 'mute' },
  { key: 'p', shown: ['P'], action: 'pause' },
  { key: '/', shown: ['/'], action: 'type' },
  { key: 'i', shown: ['I'], action: 'product' },
  { key: 'c', shown: ['C'], action: 'camera' },
  { key: 'l', shown: ['L'], action: 'latency' },
  { key: '?', shown: ['?'], action: 'help' },
  { key: 'X', shown: ['Shift', 'X'], action: 'stop' },
  { key: 'E', shown: ['Shift', 'E'], action: 'end' },
]

export interface KeyPress {
  key: string
  shiftKey: boolean
  ctrlKey: boolean
  altKey: boolean
  metaKey: boolean
  repeat: boolean
  isComposing: boolean
  defaultPrevented: boolean
}

/** What a key asks for, or null: held, part of a combination, typed into a field, or none of ours. */
export function actionOf(press: KeyPress, isTyping: boolean): RoomAction | null {
  if (isTyping || press.repeat || press.isComposing || press.defaultPrevented) return null
  if (press.ctrlKey || press.altKey || press.metaKey) return null
  return SHORTCUTS.find(({ key }) => key === press.key && isMeant(key, press.shiftKey))?.action ?? null
}

/** Letters must come with the shift they are listed with (not with caps lock); signs lie elsewhere on each keyboard. */
function isMeant(key: string, shift: boolean): boolean {
  if (!/^[a-z]$/i.test(key)) return true
  return shift === (key === key.toUpperCase())
}

const FIELDS = 'input, textarea, select, [contenteditable=""], [contenteditable="true"], dialog'

/** Whether what has the focus takes keys for itself. */
export function takesKeys(target: EventTarget | null): boolean {
  return target instanceof Element && target.closest(FIELDS) !== null
}
