/** What of a scorecard a mentor may see differently. Pure. */

import type { Scorecard } from '../wire/types'
import type { MentorScore } from '../wire/review'

export type TargetKind = 'score' | 'coverage' | 'handled'

export interface Target {
  id: string
  kind: TargetKind
  machine: number | string | null
}

/** The states a mentor chooses from, as the machine does. */
export const STATES = {
  coverage: ['hit', 'partial', 'miss', 'misstated'],
  handled: ['well', 'weak', 'badly', 'unanswered'],
} as const

export function kindOf(target: string): TargetKind {
  const kind = target.split('.', 1)[0]
  return kind === 'coverage' || kind === 'handled' ? kind : 'score'
}

/** A value in words: a number, or the key of a state's name; null where nothing was measured. */
export function valueKey(target: string, value: MentorScore['mentor'] | null): { text: string } | { key: string } | null {
  if (value === null) return null
  if (typeof value === 'number') return { text: String(Math.round(value)) }
  return { key: kindOf(target) === 'coverage' ? `score.state.${value}` : `score.handled.${value}` }
}

/** What a target is called: a name in both languages, words as said, or null for the overall score. */
export function nameOf(card: Scorecard, target: string): { zh: string; en: string } | string | null {
  const name = target.slice(target.indexOf('.') + 1)
  switch (kindOf(target)) {
    case 'coverage':
      return card.coverage.find((point) => point.point_id === name)?.title ?? name
    case 'handled':
      return card.handled.find((line) => String(line.seq) === name)?.text ?? name
    default:
      return name === 'overall' ? null : (card.scores.find((score) => score.id === name)?.name ?? name)
  }
}

/** Whether a text is a score: a whole or broken number from 0 to 100. */
export function scoreIn(text: string): number | null {
  const value = Number(text.replace(',', '.'))
  return text.trim() !== '' && Number.isFinite(value) && value >= 0 && value <= 100 ? value : null
}

export const LEAST_REASON = 4
