/** What the list of rehearsals is narrowed to, as the address shows it, so that going back finds it again. */

import type { LocationQuery } from 'vue-router'
import type { HistoryFilter, HistoryPage } from '../wire/history'

export const PAGE_SIZE = 25
export const SORTS = ['newest', 'oldest', 'longest', 'pacing', 'coverage', 'composure'] as const
export const KINDS = ['rehearsal', 'drill', 'moment'] as const
export const STATES = ['scored', 'ended', 'running'] as const
const LANGUAGES = ['zh', 'en'] as const

export type Chosen = Omit<HistoryFilter, 'limit' | 'offset'> & { page: number }

export const NO_FILTER: Chosen = { q: '', language: '', scenario: '', status: '', kind: '', sort: 'newest', page: 1 }

function text(query: LocationQuery, name: string): string {
  const value = query[name]
  return typeof value === 'string' ? value.slice(0, 200) : ''
}

function oneOf(query: LocationQuery, name: string, known: readonly string[], otherwise = ''): string {
  const value = text(query, name)
  return known.includes(value) ? value : otherwise
}

/** Read the address; what it does not know is left out. */
export function chosenIn(query: LocationQuery): Chosen {
  const page = Number.parseInt(text(query, 'page'), 10)
  return {
    q: text(query, 'q'),
    language: oneOf(query, 'language', LANGUAGES),
    scenario: text(query, 'scenario'),
    status: oneOf(query, 'status', STATES),
    kind: oneOf(query, 'kind', KINDS),
    sort: oneOf(query, 'sort', SORTS, 'newest'),
    page: Number.isFinite(page) && page > 0 ? Math.min(page, 10_000) : 1,
  }
}

/** Write the address; what is as usual is left out. */
export function queryOf(chosen: Chosen): { [name: string]: string } {
  const pairs = Object.entries(chosen).filter(([name, value]) => value !== NO_FILTER[name as keyof Chosen])
  return Object.fromEntries(pairs.map(([name, value]) => [name, String(value)]))
}

export function filterOf(chosen: Chosen): HistoryFilter {
  const { page, ...rest } = chosen
  return { ...rest, q: rest.q.trim(), offset: (page - 1) * PAGE_SIZE, limit: PAGE_SIZE }
}

type Rehearsed = HistoryPage['scenarios'][number]

/** Rehearsed scenarios in a language, `zh` or `en`. */
export function inLanguage(scenarios: readonly Rehearsed[], language: string): Rehearsed[] {
  return scenarios.filter((one) => one.locale.startsWith(language))
}

/** What the list can be narrowed to: in the language it is narrowed to, else in both, that of the page first. */
export function scenarioGroups(
  scenarios: readonly Rehearsed[],
  narrowed: string,
  page: 'zh' | 'en',
): { language: 'zh' | 'en'; scenarios: Rehearsed[] }[] {
  const order = page === 'zh' ? (['zh', 'en'] as const) : (['en', 'zh'] as const)
  return order
    .filter((language) => narrowed === '' || narrowed === language)
    .map((language) => ({ language, scenarios: inLanguage(scenarios, language) }))
    .filter((group) => group.scenarios.length > 0)
}

/** Whether anything but order and page is chosen. */
export function isNarrowed(chosen: Chosen): boolean {
  return Boolean(chosen.q.trim() || chosen.language || chosen.scenario || chosen.status || chosen.kind)
}
