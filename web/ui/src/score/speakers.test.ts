import { expect, test } from 'vitest'
import type { Evidence, Scorecard } from '../wire/types'
import { speakersOf } from './speakers'

const quote = (speaker: Evidence['speaker'], seq: number | null): Evidence =>
  ({ quote: 'so it is', start: 1, end: 2, speaker, seq, proposed: false }) as Evidence

test('a quote of a viewer carries the name, one of the streamer none', () => {
  const card = {
    viewers: [{ viewer_id: 'mei', name: 'Mei' }],
    handled: [{ seq: 4, viewer_id: 'mei' }],
    pressure: [{ seq: 9, viewer_id: null }],
  } as unknown as Scorecard
  const who = speakersOf(card)
  expect([quote('streamer', 4), quote('viewer', 4), quote('viewer', 7), quote('viewer', null), quote('room', 9)].map(who)).toEqual(
    ['', 'Mei', 'Viewer', 'Viewer', 'The room'],
  )
})
