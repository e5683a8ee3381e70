import { describe, expect, it } from 'vitest'
import type { RoomViewer } from './room'
import { seated } from './seats'

function room(...viewers: [id: string, lastAt: number][]): { [id: string]: RoomViewer } {
  const entries = viewers.map(([id, lastAt], order) => [id, { id, name: id, order, bearing: 'here' as const, lastAt }])
  return Object.fromEntries(entries) as { [id: string]: RoomViewer }
}

describe('the front row', () => {
  it('fills from the first seat with who was active last', () => {
    expect(seated([], room(['a', 1], ['b', 5], ['c', 3]), null, 2)).toEqual(['b', 'c'])
  })

  it('leaves everybody where they sit', () => {
    const before = seated([], room(['a', 1], ['b', 5]), null, 3)
    const after = seated(before, room(['a', 9], ['b', 5], ['c', 7]), null, 3)
    expect(after).toEqual(['b', 'a', 'c'])
    expect(seated(after, room(['a', 9], ['b', 5], ['c', 7]), null, 3)).toBe(after)
  })

  it('gives the seat of who left to another', () => {
    expect(seated(['a', 'b'], room(['b', 5], ['c', 0]), null, 2)).toEqual(['c', 'b'])
  })

  it('gives the quietest one\'s seat to who speaks up, never to who only came in', () => {
    expect(seated(['a', 'b'], room(['a', 1], ['b', 5], ['c', 6]), null, 2)).toEqual(['c', 'b'])
    expect(seated(['a', 'b'], room(['a', 1], ['b', 5], ['c', 0]), null, 2)).toEqual(['a', 'b'])
  })

  it('never takes the seat of who speaks', () => {
    expect(seated(['a', 'b'], room(['a', 1], ['b', 5], ['c', 6]), 'a', 2)).toEqual(['a', 'c'])
  })

  it('grows and shrinks with the screen', () => {
    expect(seated(['a', 'b', 'c'], room(['a', 1], ['b', 2], ['c', 3]), null, 2)).toEqual(['c', 'b'])
  })
})
