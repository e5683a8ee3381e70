/** How hard a rehearsal is to be: pressure, difficulty, tone with consent, exam. */

import type { Scenario } from '../wire/types'

export const LEVELS = [1, 2, 3, 4, 5] as const
export const EXPOSURES = ['calm', 'easy', 'full'] as const
/** Intensity from which the streamer must agree, as the server has it. */
export const CONSENT_FROM = 3

export interface Terms {
  /** How much of the scenario's pressure is played; in calm, neither difficulty nor tone matter. */
  exposure: (typeof EXPOSURES)[number]
  difficulty: (typeof LEVELS)[number]
  /** The most hostile tone the streamer asked for. */
  intensity: number
  consent: boolean
  /** Points and facts stay hidden, and no cue is given. */
  exam: boolean
}

/** What a link asks for beside the scenario, as it stands in the address. */
export interface Wished {
  gentle?: unknown
  exposure?: unknown
  difficulty?: unknown
}

/** What is offered first: the scenario as it is written or as the link wishes, never a tone that needs consent. */
export function termsFor(scenario: Scenario | null, wished: Wished = {}): Terms {
  const usual = { exposure: 'full', difficulty: scenario?.difficulty, mostIntense: CONSENT_FROM - 1 } as const
  const start = wished.gentle === '1' ? ({ exposure: 'calm', difficulty: 1, mostIntense: 1 } as const) : usual
  const level = Number(wished.difficulty ?? start.difficulty)
  return {
    exposure: EXPOSURES.find((one) => one === wished.exposure) ?? start.exposure,
    difficulty: LEVELS.find((one) => one === level) ?? 2,
    intensity: Math.min(scenario?.intensity_cap ?? 0, start.mostIntense),
    consent: false,
    exam: false,
  }
}

export function needsConsent(terms: Terms): boolean {
  return terms.exposure !== 'calm' && terms.intensity >= CONSENT_FROM && !terms.consent
}

/** Levels of tone that this scenario can reach. */
export function intensitiesOf(scenario: Scenario): number[] {
  return Array.from({ length: scenario.intensity_cap + 1 }, (_, level) => level)
}
