import { expect, it } from 'vitest'
import type { Played } from '../wire/editor'
import { tallies, usual } from './tally'

const played = (streamer: Played['streamer'], kept: number | null, outcome: string): Played => ({
  kind: 'played', streamer, seed: 0, difficulty: 2, kept, resolved: null, intent: 0.5, orders: 0, utterances: 3, lines: {},
  viewers: [{ id: 'joe', type: 'haggler', outcome, stayed: 1 }], repeated: [], promises: [], breaches: [],
})

it('averages what was measured and counts outcomes, best streamer first', () => {
  const rows = tallies([played('rude', 0.2, 'offended'), played('skilled', 0.8, 'bought'), played('skilled', null, 'here')])
  expect(rows.map((row) => [row.streamer, row.rehearsals, row.kept, row.resolved, row.intent])).toEqual([
    ['skilled', 2, 0.8, null, 0.5],
    ['rude', 1, 0.2, null, 0.5],
  ])
  expect(usual(rows[0]?.viewers.get('joe'))).toEqual({ way: 'bought', times: 1 })
  expect(usual(rows[1]?.viewers.get('joe'))).toEqual({ way: 'offended', times: 1 })
  expect(usual(undefined)).toBeNull()
})
