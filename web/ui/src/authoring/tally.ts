/** What simulated rehearsals say, by streamer. Pure. */

import type { Played, StreamerName } from '../wire/editor'

export const STREAMERS: readonly StreamerName[] = ['skilled', 'flustered', 'silent', 'rude', 'banned_claims']
export const WAYS = ['bought', 'satisfied', 'here', 'lost_patience', 'offended', 'ended'] as const
export type Way = (typeof WAYS)[number]

export interface Tally {
  streamer: StreamerName
  rehearsals: number
  kept: number | null
  resolved: number | null
  intent: number | null
  /** Viewer id to how often each outcome came. */
  viewers: Map<string, Map<string, number>>
}

function mean(values: (number | null)[]): number | null {
  const known = values.filter((value) => value !== null)
  return known.length > 0 ? known.reduce((sum, value) => sum + value, 0) / known.length : null
}

function outcomes(played: readonly Played[]): Tally['viewers'] {
  const found: Tally['viewers'] = new Map()
  for (const viewer of played.flatMap((one) => one.viewers)) {
    const ways = found.get(viewer.id) ?? new Map<string, number>()
    found.set(viewer.id, ways.set(viewer.outcome, (ways.get(viewer.outcome) ?? 0) + 1))
  }
  return found
}

/** One row a streamer who has played, in the order of the ladder. */
export function tallies(played: readonly Played[]): Tally[] {
  return STREAMERS.flatMap((streamer) => {
    const own = played.filter((one) => one.streamer === streamer)
    if (own.length === 0) return []
    const [kept, resolved, intent] = (['kept', 'resolved', 'intent'] as const).map((name) => mean(own.map((one) => one[name])))
    return [{ streamer, rehearsals: own.length, kept: kept ?? null, resolved: resolved ?? null, intent: intent ?? null, viewers: outcomes(own) }]
  })
}

/** The outcome that came most often; the better one of two that came as often. */
export function usual(ways: ReadonlyMap<string, number> | undefined): { way: Way; times: number } | null {
  const best = WAYS.reduce<Way | null>((top, way) => ((ways?.get(way) ?? 0) > (top ? (ways?.get(top) ?? 0) : 0) ? way : top), null)
  return best ? { way: best, times: ways?.get(best) ?? 0 } : null
}
