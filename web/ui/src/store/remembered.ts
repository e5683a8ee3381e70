/** How this tab takes part in a rehearsal, so that a reload comes back the same way. */

import type { InputMode, WordsFrom } from '../wire/types'

const KEY = 'coach.input.'
const WORDS_KEY = 'coach.words.'

export function rememberInput(rehearsalId: string, input: InputMode): void {
  sessionStorage.setItem(KEY + rehearsalId, input)
}

export function rememberedInput(rehearsalId: string): InputMode | null {
  const input = sessionStorage.getItem(KEY + rehearsalId)
  return input === 'voice' || input === 'typed' ? input : null
}

export function rememberWords(rehearsalId: string, words: WordsFrom): void {
  sessionStorage.setItem(WORDS_KEY + rehearsalId, words)
}

/** Only what was chosen in this tab: nobody's voice goes to the browser's maker unasked. */
export function rememberedWords(rehearsalId: string): WordsFrom {
  return sessionStorage.getItem(WORDS_KEY + rehearsalId) === 'browser' ? 'browser' : 'engine'
}
