/** Viewers' lines and how each was met, filtered. Pure. */

import type { HandledLine } from '../wire/types'

export const HOW = ['well', 'weak', 'badly', 'unanswered', 'left_alone'] as const
export type How = (typeof HOW)[number]

/** What was rightly left alone is no missing answer. */
export function howOf(line: HandledLine): How {
  if (line.should === 'ignore' && line.handled === 'well' && !line.noticed) return 'left_alone'
  return line.handled
}

export function filtered(lines: readonly HandledLine[], how: How | null, viewerId: string | null): HandledLine[] {
  return lines.filter((line) => (how === null || howOf(line) === how) && (viewerId === null || line.viewer_id === viewerId))
}

/** How many lines each choice would show, among those of a viewer. */
export function counts(lines: readonly HandledLine[], viewerId: string | null): Map<How, number> {
  const found = new Map<How, number>()
  for (const line of filtered(lines, null, viewerId)) found.set(howOf(line), (found.get(howOf(line)) ?? 0) + 1)
  return found
}
