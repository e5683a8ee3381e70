/** The browser's own speech recognition during a rehearsal: on only while the room listens. */

import { onBeforeUnmount, ref, watch, type Ref } from 'vue'
import { PageSpeech, speechEngineClass, type SpeechProblem } from '../rtc/page-speech'
import type { Command } from '../wire/types'
import { rememberedWords } from './remembered'

export function usePageSpeech(id: string, locale: Ref<string | null>, listens: Ref<boolean>, send: (command: Command) => void) {
  const speechProblem = ref<SpeechProblem | null>(null)
  let speech: PageSpeech | null = null

  function open(language: string): PageSpeech | null {
    const engine = speechEngineClass()
    if (!engine) return null
    const events = {
      onWords: (result: number, text: string, isFinal: boolean) => send({ type: 'words', result, text, final: isFinal }),
      onProblem: (problem: SpeechProblem) => (speechProblem.value = problem),
    }
    // Numbers of results only ever rise, also when the page is loaded anew in the middle of a rehearsal.
    return new PageSpeech(engine, language, events, Date.now())
  }

  function follow(language: string | null, wanted: boolean): void {
    if (!wanted || !language) return speech?.stop()
    speech ??= open(language)
    if (speech) speech.start()
    else speechProblem.value = 'unknown'
  }

  if (rememberedWords(id) === 'browser') {
    watch([locale, listens], ([language, wanted]) => follow(language, wanted), { immediate: true })
    onBeforeUnmount(() => speech?.stop())
  }
  return { speechProblem }
}
