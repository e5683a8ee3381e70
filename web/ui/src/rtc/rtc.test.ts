import { describe, expect, it } from 'vitest'
import { backoffMs } from './backoff'
import { meterShare, METER_DB, rmsDb, smooth, TARGET_DB, verdict } from './level'
import { RoomClock } from './room-clock'

describe('waiting before a reconnect', () => {
  it('doubles from 0.4 s up to 5 s', () => {
    expect([0, 1, 2, 3, 4, 5].map((attempt) => backoffMs(attempt, () => 1))).toEqual([400, 800, 1600, 3200, 5000, 5000])
  })

  it('is shortened by at most a quarter', () => {
    expect(backoffMs(0, () => 0)).toBe(300)
  })
})

describe('the room clock', () => {
  it('runs on between records', () => {
    let now = 1_000
    const clock = new RoomClock(() => now)
    clock.observe(5)
    now += 2_000
    expect(clock.now()).toBeCloseTo(7)
  })

  it('does not jump back when old records are replayed', () => {
    const clock = new RoomClock(() => 1_000)
    clock.observe(60)
    clock.observe(3)
    expect(clock.now()).toBeCloseTo(60)
  })
})

describe('the level', () => {
  it('of a full-scale square wave is 0 dB, of silence the low end of the meter', () => {
    expect(rmsDb(new Float32Array(64).fill(1))).toBeCloseTo(0)
    expect(rmsDb(new Float32Array(64))).toBe(METER_DB.low)
  })

  it.each([
    [-60, 'silent'],
    [-45, 'low'],
    [TARGET_DB.low, 'good'],
    [TARGET_DB.high, 'good'],
    [-3, 'high'],
  ])('of %d dB is %s', (db, expected) => {
    expect(verdict(db)).toBe(expected)
  })

  it('rises fast and falls slowly', () => {
    expect(smooth(-60, -20) - -60).toBeGreaterThan(-20 - smooth(-20, -60))
  })

  it('never leaves the meter', () => {
    expect([meterShare(-99), meterShare(12)]).toEqual([0, 1])
  })
})
