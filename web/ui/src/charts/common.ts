/** What all charts over time have in common. Pure. */

import { clock } from '../i18n/format'
import type { Colours } from './colours'

export const FONT = { fontSize: 12 } as const

export function timeAxis(colours: Colours, end: number, more: object = {}): object {
  return {
    type: 'value',
    min: 0,
    max: Math.max(1, Math.ceil(end)),
    interval: stepFor(end),
    axisLabel: { ...FONT, color: colours['ink-soft'], formatter: clock, hideOverlap: true },
    axisLine: { lineStyle: { color: colours.line } },
    axisTick: { show: false },
    splitLine: { show: false },
    ...more,
  }
}

export function valueAxis(colours: Colours, more: object = {}): object {
  return {
    type: 'value',
    axisLabel: { ...FONT, color: colours['ink-soft'] },
    splitLine: { lineStyle: { color: colours.line } },
    splitNumber: 4,
    ...more,
  }
}

/** Marks at whole half minutes, minutes or more: at most eight. */
export function stepFor(seconds: number): number {
  return [10, 15, 30, 60, 120, 300, 600, 1200, 1800, 3600].find((step) => seconds / step <= 8) ?? 7200
}

export function tooltip(colours: Colours, more: object = {}): object {
  return {
    // As text inside the drawing: nothing is built from HTML.
    renderMode: 'richText',
    backgroundColor: colours.surface,
    borderColor: colours.line,
    textStyle: { color: colours.ink, fontSize: 13 },
    confine: true,
    ...more,
  }
}
