import { describe, expect, it } from 'vitest'
import type { Trend, TrendPoint } from '../wire/history'
import { escape, groupsIn, span, trendOption } from './trend-option'

const at = (day: number): string => new Date(Date.UTC(2026, 9, day)).toISOString()

function point(day: number, group: TrendPoint['group'] = 'counted'): TrendPoint {
  return { rehearsal_id: `r${day}`, title: 'Kettle', at: at(day), value: 60, low: null, high: null, group, difficulty: 2 }
}

function trend(points: TrendPoint[], line: Trend['line'] = []): Trend {
  const text = { zh: '', en: '' }
  return {
    id: 'pacing', name: text, verdict: 'steady', text, usual: null, counted: points.length,
    a_week: null, a_week_low: null, a_week_high: null, points, line, weeks: [],
  }
}

const words = { day: (iso: string) => iso.slice(5, 10), point: (one: TrendPoint) => one.title }

interface Series {
  name?: string
  type: string
  data: unknown[]
}

const series = (option: object): Series[] => (option as { series: Series[] }).series

describe('a chart of a score', () => {
  it('draws the line with its band only where a trend is told', () => {
    expect(series(trendOption(trend([point(1)]), words)).filter((one) => one.type === 'line')).toEqual([])
    const told = trend([point(1), point(9)], [
      { at: at(1), value: 50, low: 40, high: 58 },
      { at: at(9), value: 60, low: 52, high: 71 },
    ])
    const [low, width, line] = series(trendOption(told, words))
    expect([low?.data, width?.data, line?.data]).toEqual([
      [[at(1), 40], [at(9), 52]],
      [[at(1), 18], [at(9), 19]],
      [[at(1), 50], [at(9), 60]],
    ])
  })

  it('keeps the groups apart', () => {
    const mixed = trend([point(1), point(2, 'drill'), point(3)])
    const counts = series(trendOption(mixed, words)).map((one) => [one.name, one.data.length])
    expect(counts).toEqual([['counted', 2], ['eased', 0], ['drill', 1], ['moment', 0], ['before_break', 0]])
    expect(groupsIn([mixed, trend([point(4, 'eased')])])).toEqual(['counted', 'eased', 'drill'])
  })

  it('leaves room at the edges, also around a single rehearsal', () => {
    const [first, last] = span(trend([point(5)])) ?? [0, 0]
    expect([first, last]).toEqual([Date.parse(at(4)), Date.parse(at(6))])
    expect(span(trend([]))).toBeNull()
  })

  it.each([[0, 0, '29'], [12, 0, ''], [6, 0, ''], [0, 30, '']])('names the day at its midnight alone: %d:%d %s', (hours, minutes, said) => {
    const { xAxis } = trendOption(trend([point(1)]), { ...words, day: (iso) => String(new Date(iso).getDate()) })
    const { formatter } = (xAxis as { axisLabel: { formatter: (value: number) => string } }).axisLabel
    expect(formatter(new Date(2026, 10, 29, hours, minutes).getTime())).toBe(said)
  })

  it('shows no markup of a title', () => {
    expect(escape('<b>&"\'\nx')).toBe('&#60;b&#62;&#38;&#34;&#39;<br>x')
  })
})
