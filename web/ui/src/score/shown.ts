/** How a named score is shown: as a number, by its range alone, or not at all. Pure. */

import type { NamedScore } from '../wire/types'

/** Points; a score less sure than that is named by its range alone. */
const TOO_WIDE = 25

export type ScoreRange = 'high' | 'middle' | 'low'

/** The range that stands for an unsure number; null where the number itself is shown, or where there is none. */
export function rangeOf({ value, interval }: Pick<NamedScore, 'value' | 'interval'>): ScoreRange | null {
  if (value === null || interval === null || interval.high - interval.low <= TOO_WIDE) return null
  return value >= 75 ? 'high' : value >= 50 ? 'middle' : 'low'
}
