import { describe, expect, it } from 'vitest'
import { points } from '../i18n/format'
import type { Metric } from '../wire/types'
import { bandWords, deliveryOf, metricValue, withUnit } from './measured'

function metric(parts: Partial<Metric>): Metric {
  return { id: 'x', panel: 'skill', value: 1, unit: '', band: null, verdict: 'none', ...parts } as Metric
}

describe('a measure', () => {
  it.each([
    [3, '×', '3×'], [12.94, '/min', '12.9/min'], [85.71, '%', '86%'], [172.4, 'words/min', '172 words/min'], [0.04, 's', '0 s'],
    [291, '字/min', '291 characters/min'], [4.5, '/100', '4.5/100'],
  ])('of %f in %s reads %s', (value, unit, expected) => {
    expect(withUnit(value, unit)).toBe(expected)
  })

  it('that there is none of says so', () => {
    expect(metricValue(metric({ value: null }))).toBe('Not measured')
  })

  it.each([
    [[130, 175], 'words/min', 'range 130–175'], [[0, 2], '/min', 'at most 2'], [[0, 0], '×', 'should be 0'],
    [[2, 99], '×', 'at least 2'], [[6, 100], '%', 'at least 6'], [[60, 86_400], 's', 'at least 60'], [[2, 20], 's', 'range 2–20'],
  ] as const)('with the band %j in %s should be %s', ([low, high], unit, expected) => {
    expect(bandWords(metric({ band: [low, high], unit }))).toBe(expected)
  })
})

it('tells first of a delivery what matters and what is out of its range', () => {
  const core = metric({ id: 'speaking_rate' })
  const out = metric({ id: 'link_number', verdict: 'low' })
  const rest = metric({ id: 'backchannels' })
  const none = metric({ id: 'number_rate', value: null })
  const other = metric({ id: 'coverage', panel: 'knowledge' })
  expect(deliveryOf([rest, other, out, none, core])).toEqual({ first: [out, core], rest: [rest], unmeasured: [none] })
})

it.each([[22.5, '22'], [23.5, '24'], [22.51, '23'], [22.49, '22'], [100, '100'], [0.5, '0']])(
  'rounds %f to %s as the sentences of the server do',
  (value, expected) => {
    expect(points(value)).toBe(expected)
  },
)
