/** What streamers share, filtered and grouped by scenario. Pure. */

import type { SharedCard, ShelfStatus } from '../wire/review'

export interface ShelfFilter {
  status: ShelfStatus
  /** A scenario's id, or empty for all. */
  scenario: string
  /** Words looked for in titles, notes and names. */
  search: string
}

export interface ShelfGroup {
  scenarioId: string
  title: string
  locale: string
  items: SharedCard[]
}

export function filterOf(query: { [name: string]: unknown }): ShelfFilter {
  const text = (value: unknown): string => (typeof value === 'string' ? value : '')
  return {
    status: query.status === 'reviewed' ? 'reviewed' : 'needs',
    scenario: text(query.scenario),
    search: text(query.q),
  }
}

/** The address of a filter; what is the default is left out. */
export function queryOf(filter: ShelfFilter): { [name: string]: string } {
  return {
    ...(filter.status === 'reviewed' ? { status: 'reviewed' } : {}),
    ...(filter.scenario ? { scenario: filter.scenario } : {}),
    ...(filter.search.trim() ? { q: filter.search.trim() } : {}),
  }
}

const plain = (text: string): string => text.normalize('NFKC').toLowerCase()

function isFound(item: SharedCard, words: string[]): boolean {
  const text = plain([item.summary.scenario_title, item.note, item.reviewed_by].join(' '))
  return words.every((word) => text.includes(word))
}

export function filtered(items: readonly SharedCard[], filter: ShelfFilter): SharedCard[] {
  const words = plain(filter.search).split(/\s+/).filter(Boolean)
  return items.filter((item) => (!filter.scenario || item.summary.scenario_id === filter.scenario) && isFound(item, words))
}

/** Groups in the order of their first item, so that what waits longest stays on top; items keep their order. */
export function grouped(items: readonly SharedCard[]): ShelfGroup[] {
  const groups = new Map<string, ShelfGroup>()
  for (const item of items) {
    const { scenario_id: scenarioId, scenario_title: title, locale } = item.summary
    const group = groups.get(scenarioId) ?? { scenarioId, title, locale, items: [] }
    group.items.push(item)
    groups.set(scenarioId, group)
  }
  return [...groups.values()]
}

/** The item before or after one, in the order shown; at an end, none. */
export function neighbour(ids: readonly string[], current: string, step: 1 | -1): string | null {
  const at = ids.indexOf(current)
  return at === -1 ? null : (ids[at + step] ?? null)
}
