import { expect, it } from 'vitest'
import type { Evidence } from '../wire/types'
import { clipOf } from './use-clip'

function evidence(start: number | null, end: number | null, speaker: Evidence['speaker'] = 'streamer'): Evidence {
  return { quote: 'it lasts 40 hours', start, end, speaker, seq: null, proposed: false }
}

it.each([
  ['spoken words, with a little around them', evidence(10, 12), [9.6, 12.6]],
  ['the very first words, not from before the beginning', evidence(0.1, 2), [0, 2.6]],
  ['words whose end is not known, for six seconds', evidence(10, null), [9.6, 16.6]],
  ['what a viewer said aloud', evidence(10, 12, 'viewer'), [9.6, 12.6]],
])('plays %s', (_name, given, [start, end]) => {
  const clip = clipOf(given)
  expect(clip?.start).toBeCloseTo(start as number)
  expect(clip?.end).toBeCloseTo(end as number)
})

it.each([
  ['words without time', evidence(null, null)],
  ['typed words', evidence(10, 10)],
  ['comments', evidence(10, null, 'viewer')],
])('does not play %s', (_name, given) => {
  expect(clipOf(given)).toBeNull()
})
