/** Which key does what on the pages of mentors. Pure. */

export type Act = 'next' | 'previous' | 'reviewed' | 'comment' | 'search' | 'help' | 'play' | 'back' | 'nextRehearsal'

const ACTS: { readonly [key: string]: Act } = {
  j: 'next',
  k: 'previous',
  r: 'reviewed',
  c: 'comment',
  '/': 'search',
  '?': 'help',
  p: 'play',
  n: 'nextRehearsal',
  u: 'back',
}

export interface Press {
  key: string
  ctrlKey: boolean
  metaKey: boolean
  altKey: boolean
  isComposing: boolean
}

/** Null for keys that are somebody else's: the browser's, a text field's, an input method's. */
export function actOf(press: Press, inField: boolean): Act | null {
  if (inField || press.ctrlKey || press.metaKey || press.altKey || press.isComposing) return null
  // With a Chinese keyboard the question mark is a wide one.
  const key = press.key.length === 1 ? press.key.normalize('NFKC').toLowerCase() : press.key
  return ACTS[key === '、' ? '/' : key] ?? null
}

/** Whether a key belongs to the element it is pressed in. */
export function isField(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && target.closest('input, textarea, select, [contenteditable="true"], dialog') !== null
}
