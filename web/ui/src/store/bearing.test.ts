import { expect, it } from 'vitest'
import { bearingOf } from './bearing'

it.each([
  ['leaning_in', 80, 70, 0],
  ['here', 80, 50, 0],
  ['here', 45, 90, 0],
  ['turned_away', 39, 90, 0],
  ['turned_away', 90, 90, 2],
  ['going', 21, 90, 0],
  ['going', 15, 10, 3],
] as const)('sits %s at patience %i, trust %i, hostility %i', (bearing, patience, trust, hostility) => {
  expect(bearingOf({ patience, trust, hostility })).toBe(bearing)
})
