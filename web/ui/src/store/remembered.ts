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

const VISITED = 'coach.rehearsed'

/** Whether somebody has rehearsed in this browser, so that the start page need not explain itself. */
export function wasHere(): boolean {
  try {
    return localStorage.getItem(VISITED) === '1'
  } catch {
    return false
  }
}

export function rememberVisit(hasRehearsed: boolean): void {
  try {
    if (hasRehearsed) localStorage.setItem(VISITED, '1')
    else localStorage.removeItem(VISITED)
  } catch {
    // Storage can be switched off; the page explains itself then.
  }
}
