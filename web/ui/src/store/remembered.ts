/** How this tab takes part in a rehearsal, so that a reload comes back the same way. */

import type { InputMode } from '../wire/types'

const KEY = 'coach.input.'

export function rememberInput(rehearsalId: string, input: InputMode): void {
  sessionStorage.setItem(KEY + rehearsalId, input)
}

export function rememberedInput(rehearsalId: string): InputMode | null {
  const input = sessionStorage.getItem(KEY + rehearsalId)
  return input === 'voice' || input === 'typed' ? input : null
}
