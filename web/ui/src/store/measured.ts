/** A measure as people read it. */

import { t, type Key } from '../i18n'
import { number } from '../i18n/format'
import type { Metric } from '../wire/types'

/** Units that mean a bare count. */
const COUNTED = '×'

/** Units that are words of one language, or read better in words. */
const UNITS: { [unit: string]: Key } = {
  s: 'score.unit.s',
  '/s': 'score.unit.perSecond',
  '/min': 'score.unit.perMinute',
  '/10 min': 'score.unit.perTenMinutes',
  '字/min': 'score.unit.characters',
  'words/min': 'score.unit.words',
}

/** A unit in the reader's language; the server's where there is no other word for it. */
export function unitWords(unit: string): string {
  const key = UNITS[unit]
  return key ? t(key) : unit
}

export function withUnit(value: number, unit: string): string {
  const figure = number(value, Math.abs(value) < 20 ? 1 : 0)
  if (unit === COUNTED) return t('score.unit.times', { n: figure })
  if (unit === '' || unit === '%' || unit.startsWith('/')) return figure + unitWords(unit)
  return `${figure} ${unitWords(unit)}`
}

export function metricValue(metric: Metric): string {
  return metric.value === null ? t('score.notMeasured') : withUnit(metric.value, metric.unit)
}

export function metricOf(metrics: readonly Metric[], id: string, panel?: Metric['panel']): Metric | null {
  return metrics.find((metric) => metric.id === id && (panel === undefined || metric.panel === panel)) ?? null
}

/** A band whose upper edge is this many times the lower one has none; reports draw the same line. */
const OPEN = 40

/** Whether a band has no real top: the pack writes 99 of a count, 100 of a share, a day of seconds. */
function isOpen(low: number, high: number, unit: string): boolean {
  if (unit === '%') return high >= 100
  return (unit === COUNTED && high >= 99) || (low > 0 && high >= OPEN * low)
}

/** The range of no remark, in words that fit it. */
export function bandWords(metric: Metric): string {
  if (metric.band === null) return ''
  const [low, high] = metric.band
  if (low === high) return t('score.exactly', { n: number(low, 1) })
  if (isOpen(low, high, metric.unit)) return t('score.atLeast', { n: number(low, 1) })
  if (low <= 0) return t('score.atMost', { n: number(high, 1) })
  return t('score.band', { low: number(low, 1), high: number(high, 1) })
}

/** What is told first of how somebody spoke; beside these, whatever is out of its range. */
const CORE = new Set(['speaking_rate', 'rate_variation', 'dead_air', 'longest_dead_air', 'hesitations', 'fillers_per_min', 'read_aloud_share', 'price_said'])

export function deliveryOf(metrics: readonly Metric[]): { first: Metric[]; rest: Metric[]; unmeasured: Metric[] } {
  const skill = metrics.filter((metric) => metric.panel === 'skill')
  const measured = skill.filter((metric) => metric.value !== null)
  const isFirst = (metric: Metric): boolean => CORE.has(metric.id) || metric.verdict === 'low' || metric.verdict === 'high'
  return {
    first: measured.filter(isFirst),
    rest: measured.filter((metric) => !isFirst(metric)),
    unmeasured: skill.filter((metric) => metric.value === null),
  }
}
