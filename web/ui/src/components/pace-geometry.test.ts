import { describe, expect, it } from 'vitest'
import type { PaceWindow } from '../wire/types'
import { HEIGHT, MARGIN, paceGeometry, roundStep } from './pace-geometry'

function window(start: number, rate: number | null): PaceWindow {
  return { start, end: start + 30, speaking_rate: rate, articulation_rate: null, stage: 'any', band: null, amber: null, fillers: null }
}

const WIDTH = 640

describe('the pace chart', () => {
  it('draws a bar for each measured window and none for the others', () => {
    expect(paceGeometry([window(0, 150), window(30, null), window(60, 90)], null, WIDTH).bars).toHaveLength(2)
  })

  it('marks what lies outside the comfortable range', () => {
    const shape = paceGeometry([window(0, 150), window(30, 220), window(60, 90)], [120, 180], WIDTH)
    expect(shape.bars.map((bar) => bar.inBand)).toEqual([true, false, false])
  })

  it('stays inside its frame', () => {
    for (const bar of paceGeometry([window(0, 400), window(30, 1)], [120, 180], WIDTH).bars) {
      expect(bar.x).toBeGreaterThanOrEqual(MARGIN.left)
      expect(bar.x + bar.width).toBeLessThanOrEqual(WIDTH - MARGIN.right)
      expect(bar.y).toBeGreaterThanOrEqual(MARGIN.top)
      expect(bar.y + bar.height).toBeCloseTo(HEIGHT - MARGIN.bottom)
    }
  })

  it('has fewer time marks where it is narrow', () => {
    const pace = [window(0, 150), window(270, 150)]
    const marks = (width: number): number => paceGeometry(pace, null, width).times.length
    expect(marks(300)).toBeLessThan(marks(900))
  })

  it.each([
    [240, 6, 60],
    [330, 4, 100],
    [30, 6, 5],
  ])('puts round marks up to %d', (top, most, step) => {
    expect(roundStep(top, most)).toBe(step)
  })
})
