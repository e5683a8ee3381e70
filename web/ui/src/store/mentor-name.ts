/** The name under which this browser reviews. Asked for once; there are no accounts yet. */

import { ref } from 'vue'

const KEY = 'coach.mentor'
export const NAME_LENGTH = 40

/** Storage can be switched off in the browser; the name is then asked for again. */
function recall(): string {
  try {
    return localStorage.getItem(KEY) ?? ''
  } catch {
    return ''
  }
}

export const mentorName = ref(recall())

export function setMentorName(name: string): void {
  mentorName.value = name.replace(/\s+/g, ' ').trim().slice(0, NAME_LENGTH)
  try {
    localStorage.setItem(KEY, mentorName.value)
  } catch {
    // Not remembered; see recall().
  }
}
