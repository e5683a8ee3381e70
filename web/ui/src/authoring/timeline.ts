/** Geometry of the plan: what stands where on a time axis, in percent of its width. Pure. */

import type { Plan } from '../wire/editor'

export interface Span {
  name: string
  /** Percent of the width. */
  from: number
  width: number
  fromSec: number
  toSec: number
}

export interface Mark {
  /** Its place in the plan's moments. */
  moment: number
  at: number
  lane: number
}

const percent = (sec: number, duration: number): number => Math.min(100, Math.max(0, (100 * sec) / duration))

/** Stages end where the next begins, the last with the rehearsal. */
export function stageSpans(plan: Plan): Span[] {
  return plan.stages.map((stage, at) => {
    const toSec = plan.stages[at + 1]?.at_sec ?? plan.duration_sec
    const from = percent(stage.at_sec, plan.duration_sec)
    return { name: stage.name, from, width: percent(toSec, plan.duration_sec) - from, fromSec: stage.at_sec, toSec }
  })
}

/** Marks of what comes at a time; those that would touch are put on lanes, the first that is free. */
export function eventMarks(plan: Plan, apart: number): Mark[] {
  const timed = plan.moments
    .flatMap((moment, number) => (moment.at_sec === null ? [] : [{ number, sec: moment.at_sec }]))
    .sort((one, other) => one.sec - other.sec)
  const ends: number[] = []
  return timed.map(({ number, sec }) => {
    const at = percent(sec, plan.duration_sec)
    const free = ends.findIndex((end) => end + apart <= at)
    const lane = free < 0 ? ends.length : free
    ends[lane] = at
    return { moment: number, at, lane }
  })
}

/** Round seconds for the axis: at most `most` of them. */
export function ticks(duration: number, most = 7): number[] {
  const steps = [10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600]
  const step = steps.find((one) => duration / one <= most) ?? 3600
  return Array.from({ length: Math.floor(duration / step) + 1 }, (_, at) => at * step)
}
