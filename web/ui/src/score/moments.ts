/** What of a rehearsal is worth listening to again: places on its time line. Pure. */

import type { Evidence, Scorecard, Text } from '../wire/types'

export type MomentKind = 'strength' | 'focus' | 'pressure' | 'compliance' | 'fact'

export interface Moment {
  id: string
  kind: MomentKind
  at: number
  end: number
  /** Both languages, or words as they were said. */
  label: Text | string
}

export interface Span {
  kind: 'stage' | 'dead_air' | 'paused'
  name: string
  start: number
  end: number
}

/** For evidence whose end is not known. */
const OPEN_SEC = 4

function placed(evidence: Evidence | null | undefined): { at: number; end: number } | null {
  if (!evidence || evidence.start === null) return null
  return { at: evidence.start, end: Math.max(evidence.end ?? 0, evidence.start) || evidence.start + OPEN_SEC }
}

/** All moments in order of time. */
export function momentsOf(card: Scorecard): Moment[] {
  const found: Moment[] = []
  const add = (id: string, kind: MomentKind, evidence: Evidence | null | undefined, label: Text | string): void => {
    const place = placed(evidence)
    if (place) found.push({ id, kind, ...place, label })
  }
  if (card.strength) add(`strength`, 'strength', card.strength.evidence[0], card.strength.title)
  for (const point of card.focus) add(`focus.${point.finding_id}`, 'focus', point.evidence, point.title)
  for (const event of card.pressure) {
    found.push({ id: `pressure.${event.seq}`, kind: 'pressure', at: event.at, end: event.at, label: event.what })
  }
  for (const finding of card.compliance) {
    if (finding.severity !== 'L') add(finding.id, 'compliance', finding.evidence, finding.term)
  }
  card.fact_errors.forEach((error, index) => add(`fact.${index}`, 'fact', error.evidence, error.said))
  return found.sort((one, other) => one.at - other.at)
}

export function spansOf(card: Scorecard): Span[] {
  return card.timeline.map(({ kind, name, start, end }) => ({ kind, name, start, end }))
}

/** The moment before or after a time, for the keys that go from one to the next. */
export function neighbour(moments: readonly Moment[], seconds: number, step: 1 | -1): Moment | null {
  if (step === 1) return moments.find((moment) => moment.at > seconds + 0.25) ?? null
  // Just after a moment has begun, "back" means the one before it.
  return [...moments].reverse().find((moment) => moment.at < seconds - 1.5) ?? null
}

/** Every place words are quoted from. */
export function evidenceOf(card: Scorecard): Evidence[] {
  return [
    ...card.findings.flatMap((finding) => finding.evidence),
    ...card.coverage.flatMap((point) => point.evidence),
    ...card.focus.flatMap((point) => point.evidence ?? []),
    ...card.pressure.flatMap((pressure) => pressure.said ?? []),
    ...card.compliance.map((finding) => finding.evidence),
    ...card.fact_errors.map((error) => error.evidence),
    ...card.handled.flatMap((line) => line.evidence),
    ...(card.strength?.evidence ?? []),
  ]
}
