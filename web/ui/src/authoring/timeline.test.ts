import { expect, it } from 'vitest'
import type { Plan } from '../wire/editor'
import { eventMarks, stageSpans, ticks } from './timeline'

const text = { zh: '', en: '' }
const moment = (at_sec: number | null, event: number): Plan['moments'][number] => ({
  what: text, kind: 'line', pressure: false, event, at_sec, when: null, viewer: null,
})
const plan: Plan = {
  duration_sec: 200,
  stages: [{ name: 'hook', at_sec: 0 }, { name: 'close', at_sec: 50 }],
  arrivals: [],
  moments: [moment(100, 0), moment(102, 1), moment(null, 2), moment(20, 3), moment(300, 4)],
  tempo: text,
}

it('lets stages reach to the next one, the last to the end', () => {
  expect(stageSpans(plan).map((one) => [one.from, one.width, one.toSec])).toEqual([[0, 25, 50], [25, 75, 200]])
})

it('puts marks that would touch on lanes of their own, in time', () => {
  expect(eventMarks(plan, 5)).toEqual([
    { moment: 3, at: 10, lane: 0 },
    { moment: 0, at: 50, lane: 0 },
    { moment: 1, at: 51, lane: 1 },
    { moment: 4, at: 100, lane: 0 },
  ])
})

it.each([[60, [0, 10, 20, 30, 40, 50, 60]], [300, [0, 60, 120, 180, 240, 300]], [14_400, [0, 3600, 7200, 10_800, 14_400]]])(
  'marks %i seconds roundly',
  (duration, expected) => expect(ticks(duration)).toEqual(expected),
)
