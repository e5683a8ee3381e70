/** The scenario library: filters that live in the address, how many each would show, what a scenario trains. */

import type { Language } from '../i18n'
import type { Scenario } from '../wire/types'

export const KINDS = ['rehearsal', 'drill', 'challenge'] as const
export type Kind = (typeof KINDS)[number]
export const LENGTHS = ['short', 'medium', 'long'] as const
export type Length = (typeof LENGTHS)[number]
/** Longest short and longest medium scenario, s. */
const SHORT_SEC = 180
const MEDIUM_SEC = 300

export interface Filters {
  text: string
  language: Language | 'all'
  category: string
  kind: Kind | ''
  /** 1 to 5; empty for all. */
  level: string
  length: Length | ''
}

export type Facet = Exclude<keyof Filters, 'text'>

/** Names in the address. */
const NAMES: { readonly [F in keyof Filters]: string } = {
  text: 'q',
  language: 'lang',
  category: 'cat',
  kind: 'type',
  level: 'level',
  length: 'len',
}

export const kindOf = (scenario: Scenario): Kind =>
  scenario.prep_sec != null ? 'challenge' : (scenario.kind ?? 'rehearsal')

export function lengthOf(scenario: Scenario): Length {
  if (scenario.duration_sec <= SHORT_SEC) return 'short'
  return scenario.duration_sec <= MEDIUM_SEC ? 'medium' : 'long'
}

export const languageOf = (scenario: Scenario): Language => (scenario.locale.startsWith('zh') ? 'zh' : 'en')

const VALUES: { readonly [F in Facet]: (scenario: Scenario) => string } = {
  language: languageOf,
  category: (scenario) => scenario.category,
  kind: kindOf,
  level: (scenario) => String(scenario.difficulty),
  length: lengthOf,
}

function oneOf<T extends string>(value: unknown, known: readonly T[]): T | '' {
  return known.find((one) => one === value) ?? ''
}

/** Read the address. What is not there, or makes no sense, filters nothing; the language is then that of the page. */
export function filtersFrom(query: { readonly [name: string]: unknown }, pageLanguage: Language): Filters {
  const text = (name: keyof Filters): string => (typeof query[NAMES[name]] === 'string' ? String(query[NAMES[name]]) : '')
  return {
    text: text('text'),
    language: oneOf(text('language'), ['zh', 'en', 'all'] as const) || pageLanguage,
    category: text('category'),
    kind: oneOf(text('kind'), KINDS),
    level: oneOf(text('level'), ['1', '2', '3', '4', '5'] as const),
    length: oneOf(text('length'), LENGTHS),
  }
}

/** What stands in the address for filters: only what differs from the page as it opens. */
export function queryOf(filters: Filters, pageLanguage: Language): { [name: string]: string } {
  const query: { [name: string]: string } = {}
  for (const name of Object.keys(NAMES) as (keyof Filters)[]) {
    const value = filters[name].trim()
    if (value && !(name === 'language' && value === pageLanguage)) query[NAMES[name]] = value
  }
  return query
}

const folded = (text: string): string => text.normalize('NFKC').toLowerCase()

/** Everything by which somebody may look for a scenario; `named` gives the words of a category or type. */
function searchable(scenario: Scenario, named: (prefix: string, value: string) => string): string {
  const product = scenario.product
  return folded(
    [
      scenario.title,
      product.name,
      named('category', scenario.category),
      scenario.skill ? named('skill', scenario.skill) : '',
      ...product.selling_points.map((point) => point.title),
      ...scenario.viewers.flatMap((viewer) => [viewer.name, named('viewer', viewer.type)]),
    ].join(' '),
  )
}

export class Library {
  readonly #scenarios: readonly Scenario[]
  readonly #texts: readonly string[]

  constructor(scenarios: readonly Scenario[], named: (prefix: string, value: string) => string) {
    this.#scenarios = scenarios
    this.#texts = scenarios.map((scenario) => searchable(scenario, named))
  }

  /** Scenarios that pass every filter but one. */
  #passing(filters: Filters, without?: Facet): Scenario[] {
    const wanted = folded(filters.text).split(/\s+/).filter(Boolean)
    const facets = (Object.keys(VALUES) as Facet[]).filter((facet) => facet !== without)
    return this.#scenarios.filter(
      (scenario, index) =>
        wanted.every((word) => this.#texts[index]?.includes(word)) &&
        facets.every((facet) => ['', 'all', VALUES[facet](scenario)].includes(filters[facet])),
    )
  }

  find(filters: Filters): Scenario[] {
    return this.#passing(filters)
  }

  /** How many scenarios each choice of a filter would show, the other filters staying; `''` stands for all. */
  counts(facet: Facet, filters: Filters): ReadonlyMap<string, number> {
    const counts = new Map<string, number>()
    const passing = this.#passing(filters, facet)
    counts.set('', passing.length)
    for (const scenario of passing) {
      const value = VALUES[facet](scenario)
      counts.set(value, (counts.get(value) ?? 0) + 1)
    }
    return counts
  }

  /** Every value of a filter that some scenario has, in the order of the list. */
  values(facet: Facet): string[] {
    return [...new Set(this.#scenarios.map(VALUES[facet]))].sort()
  }
}

/** What dealing with a viewer of each type trains. */
const TRAINS = {
  haggler: 'price',
  price_comparer: 'price',
  product_skeptic: 'doubts',
  trust_skeptic: 'doubts',
  contrarian: 'doubts',
  troll: 'composure',
  spammer: 'composure',
  derailer: 'thread',
  angry_returner: 'complaints',
  impatient: 'pace',
  bait: 'compliance',
  low_room: 'quiet',
  friendly: 'warmth',
  special_care: 'care',
} as const

export type Training = (typeof TRAINS)[keyof typeof TRAINS]
const MOST_TRAINED = 3

/** What a rehearsal trains, by who comes; a friendly regular counts only where nobody else does. */
export function trainedBy(scenario: Scenario): Training[] {
  const all = scenario.viewers.flatMap((viewer) => {
    const found = TRAINS[viewer.type as keyof typeof TRAINS] as Training | undefined
    return found ? [found] : []
  })
  const hard = all.filter((one) => one !== 'warmth')
  return [...new Set(hard.length > 0 ? hard : all)].slice(0, MOST_TRAINED)
}

/** The scenario to begin with: the easiest whole rehearsal of a language, of difficulty 1 or 2 where there is one. */
export function firstScenario(scenarios: readonly Scenario[], language: Language): Scenario | null {
  const whole = scenarios.filter((one) => languageOf(one) === language && kindOf(one) === 'rehearsal')
  return whole.reduce<Scenario | null>((best, one) => (best && best.difficulty <= one.difficulty ? best : one), null)
}
