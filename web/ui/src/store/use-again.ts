/** Starts a drill or one moment of a rehearsal at once, spoken or typed as the rehearsal was. */

import { ref, type InjectionKey } from 'vue'
import { useRouter } from 'vue-router'
import { ApiError } from '../wire/http'
import { createAgain, type Again, type How } from '../wire/score'
import type { InputMode } from '../wire/types'
import { rememberedInput, rememberedWords, rememberInput, rememberWords } from './remembered'

/** Most hostile tone that needs no consent, as the server has it. */
const MILD = 2

/** @param inputThen How the streamer took part then, if that is known. */
export function useAgain(rehearsalId: string, inputThen: () => InputMode | null) {
  const router = useRouter()
  const problem = ref<unknown>(null)
  /** What is being opened, so that its button can say so. */
  const opening = ref<Again | null>(null)
  /** What waits for the streamer's consent to a harsh tone. */
  const asksConsent = ref<Again | null>(null)

  async function start(what: Again, tone: Pick<How, 'intensity' | 'consent'> = {}): Promise<void> {
    if (opening.value) return
    opening.value = what
    problem.value = null
    asksConsent.value = null
    const input = rememberedInput(rehearsalId) ?? inputThen() ?? 'voice'
    const words = rememberedWords(rehearsalId)
    try {
      const { id } = await createAgain(rehearsalId, what, { input, words, ...tone })
      rememberInput(id, input)
      rememberWords(id, words)
      await router.push({ name: 'room', params: { id } })
    } catch (error) {
      if (error instanceof ApiError && error.code === 'consent_needed') asksConsent.value = what
      else problem.value = error
    } finally {
      opening.value = null
    }
  }

  async function answerConsent(agrees: boolean): Promise<void> {
    if (asksConsent.value) await start(asksConsent.value, agrees ? { consent: true } : { intensity: MILD })
  }

  function forgetConsent(): void {
    asksConsent.value = null
  }

  return { opening, problem, asksConsent, start, answerConsent, forgetConsent }
}

export const AGAIN: InjectionKey<ReturnType<typeof useAgain>> = Symbol('again')
