import { expect, it } from 'vitest'
import { linkStats } from './link-stats'

const PATH = { type: 'candidate-pair', nominated: true, state: 'succeeded', currentRoundTripTime: 0.0123 }
const SOUND = {
  type: 'inbound-rtp', kind: 'audio', jitter: 0.004, packetsLost: 5, packetsReceived: 995,
  jitterBufferDelay: 48, jitterBufferEmittedCount: 1200,
}

it('reads the path in use and the viewers\' sound', () => {
  const other = { ...PATH, nominated: false, currentRoundTripTime: 9 }
  expect(linkStats([other, PATH, { ...SOUND, kind: 'video', jitter: 9 }, SOUND])).toEqual({
    roundTripMs: 12.3, jitterMs: 4, bufferMs: 40, lost: 0.005,
  })
})

it('says nothing of what was not measured', () => {
  const none = { roundTripMs: null, jitterMs: null, bufferMs: null, lost: null }
  expect(linkStats([])).toEqual(none)
  expect(linkStats([{ type: 'inbound-rtp', kind: 'audio', packetsLost: 0, packetsReceived: 0 }])).toEqual(none)
})

it('takes a negative loss, which some browsers report, for none', () => {
  expect(linkStats([{ ...SOUND, packetsLost: -2 }]).lost).toBe(0)
})
