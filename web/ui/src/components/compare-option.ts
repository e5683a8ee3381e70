/** What the chart of two speech rates draws, one over the other on rehearsal time. Pure. */

import type { EChartsCoreOption } from 'echarts/core'
import type { Comparison } from '../wire/history'

type Pace = Comparison['pace_before']

/** Lowest and highest rate; null without any. */
export function rangeOf(pace: Pace): [number, number] | null {
  const rates = pace.map((one) => one.rate)
  return rates.length > 0 ? [Math.round(Math.min(...rates)), Math.round(Math.max(...rates))] : null
}

function line(name: string, pace: Pace, colour: string, dashed: boolean): object {
  return {
    name,
    type: 'line',
    symbol: dashed ? 'emptyCircle' : 'circle',
    symbolSize: 6,
    lineStyle: { color: colour, width: 2.5, type: dashed ? 'dashed' : 'solid' },
    itemStyle: { color: colour },
    emphasis: { disabled: true },
    data: pace.map((one) => [one.at_sec, one.rate]),
  }
}

/** The band, drawn as an area between two lines that are not seen. */
function band(limits: [number, number] | null | undefined, until: number): object[] {
  if (!limits) return []
  const hidden = { type: 'line', symbol: 'none', silent: true, lineStyle: { width: 0 }, stack: 'band', stackStrategy: 'all' }
  const [low, high] = limits
  return [
    { ...hidden, data: [[0, low], [until, low]] },
    { ...hidden, areaStyle: { color: 'var(--good-text)', opacity: 0.12 }, data: [[0, high - low], [until, high - low]] },
  ]
}

export function paceOption(
  found: Comparison,
  words: { earlier: string; later: string; clock: (sec: number) => string },
): EChartsCoreOption {
  const times = [...found.pace_before, ...found.pace_after].map((one) => one.at_sec)
  const until = Math.max(60, ...times)
  return {
    animation: false,
    grid: { left: 36, right: 12, top: 10, bottom: 24 },
    xAxis: {
      type: 'value',
      min: 0,
      max: until,
      splitLine: { show: false },
      axisLine: { lineStyle: { color: 'var(--line-strong)' } },
      axisLabel: { color: 'var(--ink-soft)', hideOverlap: true, formatter: words.clock },
    },
    yAxis: {
      type: 'value',
      scale: true,
      axisLabel: { color: 'var(--ink-soft)' },
      splitLine: { lineStyle: { color: 'var(--line)' } },
    },
    series: [
      ...band(found.pace_band as [number, number] | null, until),
      line(words.earlier, found.pace_before, 'var(--line-strong)', true),
      line(words.later, found.pace_after, 'var(--accent)', false),
    ],
  }
}
