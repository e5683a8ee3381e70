/** Where the marks of the pace chart go. Pure. */

import type { PaceWindow } from '../wire/types'

export const HEIGHT = 200
export const MARGIN = { left: 40, right: 8, top: 10, bottom: 26 } as const

export interface Bar {
  window: PaceWindow
  x: number
  width: number
  y: number
  height: number
  inBand: boolean
}

export interface Geometry {
  bars: Bar[]
  band: { y: number; height: number } | null
  /** Rate marks on the left. */
  rates: { y: number; value: number }[]
  /** Time marks at the bottom, in seconds. */
  times: { x: number; value: number }[]
}

/** A round step that gives at most `most` marks up to `top`. */
export function roundStep(top: number, most: number): number {
  const steps = [1, 2, 5, 10, 20, 30, 60, 120, 300, 600].flatMap((step) => (step < 10 ? [step] : [step, step * 10]))
  return steps.sort((a, b) => a - b).find((step) => top / step <= most) ?? top
}

function marks(top: number, most: number): number[] {
  const step = roundStep(top, most)
  return Array.from({ length: Math.floor(top / step) + 1 }, (_, index) => index * step)
}

/** The marks of a chart `width` pixels wide. */
export function paceGeometry(
  pace: readonly PaceWindow[],
  band: readonly [number, number] | null,
  width: number,
): Geometry {
  const end = Math.max(30, ...pace.map((window) => window.end))
  const top = 1.1 * Math.max(60, band?.[1] ?? 0, ...pace.map((window) => window.speaking_rate ?? 0))
  const plot = { width: width - MARGIN.left - MARGIN.right, height: HEIGHT - MARGIN.top - MARGIN.bottom }
  const x = (seconds: number): number => MARGIN.left + (seconds / end) * plot.width
  const y = (rate: number): number => MARGIN.top + plot.height * (1 - rate / top)
  const bars = pace.flatMap((window) => {
    const rate = window.speaking_rate
    if (rate === null) return []
    const held = window.band ?? band
    const inBand = held === null || (rate >= held[0] && rate <= held[1])
    const left = x(window.start) + 2
    return [{ window, x: left, width: Math.max(2, x(window.end) - 2 - left), y: y(rate), height: y(0) - y(rate), inBand }]
  })
  return {
    bars,
    band: band && { y: y(band[1]), height: y(band[0]) - y(band[1]) },
    rates: marks(top, 4).map((value) => ({ y: y(value), value })),
    times: marks(end, Math.max(2, Math.floor(width / 90))).map((value) => ({ x: x(value), value })),
  }
}
