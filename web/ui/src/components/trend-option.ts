/** What a chart of one named score draws: points, the robust line and where it may lie. Pure. */

import type { EChartsCoreOption } from 'echarts/core'
import type { Trend, TrendPoint } from '../wire/history'

export const GROUPS = ['counted', 'eased', 'drill', 'moment', 'before_break'] as const
export type Group = (typeof GROUPS)[number]

/** Shape and filling of each group's mark; the page's legend draws the same. */
export const MARKS: { [G in Group]: { symbol: string; size: number; filled: boolean } } = {
  counted: { symbol: 'circle', size: 9, filled: true },
  eased: { symbol: 'circle', size: 8, filled: false },
  drill: { symbol: 'diamond', size: 9, filled: false },
  moment: { symbol: 'triangle', size: 8, filled: false },
  before_break: { symbol: 'circle', size: 6, filled: true },
}

const DAY_MS = 86_400_000

export interface Words {
  day: (iso: string) => string
  point: (point: TrendPoint) => string
}

/** The day of a tick at its midnight; nothing at other hours, or a day would stand there twice. */
function dayAt(value: number, day: Words['day']): string {
  const date = new Date(value)
  return date.getHours() === 0 && date.getMinutes() === 0 ? day(date.toISOString()) : ''
}

const LINE = { lineStyle: { width: 0 }, symbol: 'none', silent: true, type: 'line' } as const

/** Groups that are there, in the order of the legend. */
export function groupsIn(trends: readonly Trend[]): Group[] {
  return GROUPS.filter((group) => trends.some((trend) => trend.points.some((point) => point.group === group)))
}

function pointsOf(trend: Trend, group: Group): object {
  const { symbol, size, filled } = MARKS[group]
  const colour = group === 'counted' ? 'var(--accent)' : 'var(--line-strong)'
  return {
    name: group,
    type: 'scatter',
    symbol,
    symbolSize: size,
    z: group === 'counted' ? 5 : 4,
    itemStyle: filled ? { color: colour } : { color: 'var(--surface)', borderColor: colour, borderWidth: 1.6 },
    emphasis: { disabled: true },
    data: trend.points
      .filter((point) => point.group === group)
      .map((point) => ({ value: [point.at, point.value], point })),
  }
}

function lineOf(trend: Trend): object[] {
  if (trend.line.length === 0) return []
  return [
    { ...LINE, stack: 'band', stackStrategy: 'all', data: trend.line.map((place) => [place.at, place.low]) },
    {
      ...LINE,
      stack: 'band',
      stackStrategy: 'all',
      areaStyle: { color: 'var(--accent)', opacity: 0.14 },
      data: trend.line.map((place) => [place.at, place.high - place.low]),
    },
    {
      ...LINE,
      lineStyle: { width: 2.5, color: 'var(--accent-text)' },
      z: 3,
      data: trend.line.map((place) => [place.at, place.value]),
    },
  ]
}

/** First and last day to show, with room for the marks at the edges. */
export function span(trend: Trend): [number, number] | null {
  const times = trend.points.map((point) => Date.parse(point.at))
  if (times.length === 0) return null
  const [first, last] = [Math.min(...times), Math.max(...times)]
  const margin = Math.max(DAY_MS, (last - first) * 0.04)
  return [first - margin, last + margin]
}

export function trendOption(trend: Trend, words: Words): EChartsCoreOption {
  const range = span(trend)
  return {
    animation: false,
    grid: { left: 30, right: 12, top: 10, bottom: 24 },
    xAxis: {
      type: 'time',
      min: range?.[0],
      max: range?.[1],
      splitNumber: 3,
      minInterval: DAY_MS,
      axisLine: { lineStyle: { color: 'var(--line-strong)' } },
      axisTick: { show: false },
      axisLabel: {
        color: 'var(--ink-soft)',
        hideOverlap: true,
        formatter: (value: number) => dayAt(value, words.day),
      },
    },
    yAxis: {
      type: 'value',
      min: 0,
      max: 100,
      interval: 25,
      axisLabel: { color: 'var(--ink-soft)' },
      splitLine: { lineStyle: { color: 'var(--line)' } },
    },
    tooltip: {
      trigger: 'item',
      confine: true,
      className: 'chart-tip',
      formatter: ({ data }: { data: { point: TrendPoint } }) => escape(words.point(data.point)),
    },
    series: [...lineOf(trend), ...GROUPS.map((group) => pointsOf(trend, group))],
  }
}

/** Titles come from scenario files; a tip is HTML. */
export function escape(text: string): string {
  return text.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`).replaceAll('\n', '<br>')
}
