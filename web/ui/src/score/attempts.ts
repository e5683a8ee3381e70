/** Earlier attempts at the same scenario. Pure. */

import type { NamedScore, Summary } from '../wire/types'

/** Newest first: scored, of the same scenario, begun before this one. */
export function earlierAttempts(all: readonly Summary[], current: Summary): Summary[] {
  return all
    .filter((row) => row.id !== current.id && row.state === 'scored' && row.scenario_id === current.scenario_id)
    .filter((row) => Date.parse(row.started_at) < Date.parse(current.started_at))
    .sort((one, other) => Date.parse(other.started_at) - Date.parse(one.started_at))
}

export type Change = 'more' | 'less' | 'same' | 'early'

/** What may be said about a score against the last one: only a change beyond what chance makes is called one. */
export function changeOf(score: NamedScore, before: number | null | undefined): Change | null {
  if (score.value === null || before === null || before === undefined) return null
  if (score.minimal_change === null) return 'early'
  const change = score.value - before
  if (Math.abs(change) <= score.minimal_change) return 'same'
  return change > 0 ? 'more' : 'less'
}
