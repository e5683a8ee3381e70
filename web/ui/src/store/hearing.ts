/** Whether this room can write down what is said in a scenario's language. */

import type { EngineStatus, Text } from '../wire/types'

/**
 * What to tell before a rehearsal by voice, or null where recognition is ready.
 *
 * The status lists one line per recogniser; the one for a language without engine is not ready, and English always
 * comes first. A line for English alone that is not ready means that none is.
 */
export function hearingNote(engines: readonly EngineStatus[], locale: string): Text | null {
  const recognizers = engines.filter((engine) => engine.port === 'recognizer')
  const missing = recognizers.find((engine) => !engine.ready)
  const noneIsReady = !recognizers.some((engine) => engine.ready)
  return missing && (noneIsReady || locale.startsWith('zh')) ? missing.note : null
}
