/** Numbers of a scorecard as charts draw them. Pure. */

import type { ComposureDetail } from '../generated/wire'
import type { CoveragePoint, PaceWindow, Scorecard } from '../wire/types'

export interface BandStep {
  from: number
  to: number
  low: number
  high: number
}

export interface PaceSeries {
  /** Seconds in the middle of a window, and its rate. */
  points: [number, number | null][]
  bands: BandStep[]
  fillers: [number, number][]
  top: number
}

function middle(window: PaceWindow): number {
  return (window.start + window.end) / 2
}

/** The band of each stage as a step, from halfway to the window before to halfway to the next. */
export function bandSteps(pace: readonly PaceWindow[]): BandStep[] {
  const steps: BandStep[] = []
  pace.forEach((window, index) => {
    if (!window.band) return
    const before = pace[index - 1]
    const after = pace[index + 1]
    const from = before ? (middle(before) + middle(window)) / 2 : window.start
    const to = after ? (middle(window) + middle(after)) / 2 : window.end
    const [low, high] = window.band
    const last = steps.at(-1)
    if (last && last.low === low && last.high === high && Math.abs(last.to - from) < 0.01) last.to = to
    else steps.push({ from, to, low, high })
  })
  return steps
}

export function paceSeries(pace: readonly PaceWindow[]): PaceSeries {
  const rates = pace.flatMap((window) => (window.speaking_rate === null ? [] : [window.speaking_rate]))
  const bands = bandSteps(pace)
  return {
    points: pace.map((window) => [middle(window), window.speaking_rate]),
    bands,
    fillers: pace.flatMap((window): [number, number][] =>
      window.fillers === null ? [] : [[middle(window), window.fillers]],
    ),
    top: Math.max(10, ...rates, ...bands.map((band) => band.high)) * 1.08,
  }
}

/** How much of the measured time lay inside its band, and where the rest was. */
export function paceSummary(pace: readonly PaceWindow[]): { measured: number; inside: number; slow: number; fast: number } {
  const told = { measured: 0, inside: 0, slow: 0, fast: 0 }
  for (const { speaking_rate: rate, band } of pace) {
    if (rate === null || !band) continue
    told.measured += 1
    if (rate < band[0]) told.slow += 1
    else if (rate > band[1]) told.fast += 1
    else told.inside += 1
  }
  return told
}

/** How a point was told; what is likely told wrong, but not surely, is to be checked. */
export function stateOf({ doubtful, state }: CoveragePoint): CoveragePoint['state'] | 'check' {
  return doubtful ? 'check' : state
}

export interface Mention {
  row: number
  at: number
  /** Whether it is the first time that this point was said. */
  first: boolean
  point: CoveragePoint
}

/** Every time a selling point was said, by the row of its point. */
export function mentionsOf(coverage: readonly CoveragePoint[]): Mention[] {
  return coverage.flatMap((point, row) => {
    const times = point.evidence.flatMap((evidence) => (evidence.start === null ? [] : [evidence.start]))
    return [...times].sort((a, b) => a - b).map((at, index) => ({ row, at, first: index === 0, point }))
  })
}

/** Points that came across whole: not in part, not told wrong. */
export function pointsMade(coverage: readonly CoveragePoint[]): CoveragePoint[] {
  return coverage.filter((point) => point.state === 'hit')
}

/** Seconds at which the first of them was said; null where none was, or nobody knows when. */
export function firstMade(coverage: readonly CoveragePoint[]): number | null {
  const times = mentionsOf(pointsMade(coverage)).map((mention) => mention.at)
  return times.length > 0 ? Math.min(...times) : null
}

/** Bins of the recovery curve in which anything was measured. */
export function recoveryBins(composure: ComposureDetail | null): ComposureDetail['recovery'] {
  return (composure?.recovery ?? []).filter((bin) => bin.events > 0 && (bin.back !== null || bin.rate_change !== null))
}

/** Whether a chart over time has an axis at all. */
export function lengthOf(card: Scorecard): number {
  const ends = [...card.timeline.map((stretch) => stretch.end), ...card.pace.map((window) => window.end)]
  return Math.max(card.duration_sec ?? 0, ...ends)
}
