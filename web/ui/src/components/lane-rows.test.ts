import { describe, expect, it } from 'vitest'
import { LaneRows, textWidth } from './lane-rows'

describe('comments on the stage', () => {
  it('take free rows first, then wait until a tail has passed, then stay in the list alone', () => {
    const rows = new LaneRows()
    const placed = Array.from({ length: 12 }, () => rows.place('便宜点吧主播求求了', 800, 0))
    expect(placed.slice(0, 4).map((place) => place?.row)).toEqual([0, 1, 2, 3])
    expect(placed.slice(0, 4).every((place) => place?.delayMs === 0)).toBe(true)
    expect(placed.filter((place) => place === null).length).toBeGreaterThan(0)
  })

  it('never lie on each other: one in a row starts only when the one before has come in whole', () => {
    const rows = new LaneRows()
    const ends = new Map<number, number>()
    for (let step = 0; step < 200; step += 1) {
      const now = step * 300
      const text = '字'.repeat(1 + (step % 20))
      const place = rows.place(text, 600, now)
      if (!place) continue
      const start = now + place.delayMs
      expect(start).toBeGreaterThanOrEqual(ends.get(place.row) ?? 0)
      ends.set(place.row, start + (textWidth(text) / 105) * 1000)
    }
    expect(ends.size).toBe(4)
  })

  it('all move at one speed', () => {
    const rows = new LaneRows()
    const [short, long] = [rows.place('好', 600, 0), rows.place('好'.repeat(20), 600, 0)]
    const speed = (text: string, ms: number | undefined) => (600 + textWidth(text)) / (ms ?? 1)
    expect(speed('好', short?.durationMs)).toBeCloseTo(speed('好'.repeat(20), long?.durationMs), 6)
  })
})
