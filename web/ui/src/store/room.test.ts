import { describe, expect, it } from 'vitest'
import type { RoomEvent, RoomRecord } from '../wire/types'
import { splitHeard } from './heard'
import { applyRecord, elapsed, emptyRoom, FEED_LIMIT, type RoomState } from './room'

/** Events with their times become records with numbers; the room is what they fold to. */
function records(...timed: [at: number, event: RoomEvent][]): RoomRecord[] {
  return timed.map(([at, event], seq) => ({ seq, at, event }))
}

function fold(list: RoomRecord[], from: RoomState = emptyRoom): RoomState {
  return list.reduce(applyRecord, from)
}

const joined: RoomEvent = { type: 'viewer_joined', viewer_id: 'ann', name: 'Ann', viewer_type: 'haggler', channel: 'both' }
const voicing: RoomEvent = {
  type: 'line_voicing', line_id: 'l1', viewer_id: 'ann', text: 'Can you do twenty dollars?', intent: 'push',
  start: 2, pressure: false, reply_to: null, writer: 'scripted', cuts_in: false,
}

function posted(line: string): RoomEvent {
  return {
    type: 'line_posted', line_id: line, viewer_id: 'ann', text: line, intent: 'ask', pressure: false, reply_to: null,
    writer: 'scripted',
  }
}

type CutBy = Extract<RoomEvent, { type: 'line_voiced' }>['cut_by']

function voiced(heard: string, cutOff: boolean, by: CutBy = cutOff ? 'streamer' : 'none'): RoomEvent {
  return {
    type: 'line_voiced', line_id: 'l1', viewer_id: 'ann', text: 'Can you do twenty dollars?', heard_text: heard,
    cut_off: cutOff, start: 2, end: 3, cut_by: by,
  }
}

function said(text: string, source: 'voice' | 'typed' = 'voice'): RoomEvent {
  return {
    type: 'utterance_heard', utterance_id: 'u1', text, start: 1, end: 2, words: [], source, voiced_sec: null, engine: '',
  }
}

describe('the order of records', () => {
  it('ignores a record that was applied before', () => {
    const [first] = records([0, joined]) as [RoomRecord]
    const once = applyRecord(emptyRoom, first)
    expect(applyRecord(once, first)).toBe(once)
  })

  it('does not apply a record after a gap, so that the missing ones can still come', () => {
    const [first, , third] = records([0, joined], [1, posted('a')], [2, posted('b')]) as [RoomRecord, RoomRecord, RoomRecord]
    const once = applyRecord(emptyRoom, first)
    expect(applyRecord(once, third)).toBe(once)
    expect(once.nextSeq).toBe(1)
  })

  it('changes no state it was given', () => {
    const frozen = Object.freeze({ ...emptyRoom, feed: Object.freeze([]) as readonly never[] })
    expect(applyRecord(frozen, records([1, posted('a')])[0] as RoomRecord).feed).toHaveLength(1)
  })
})

describe('a viewer who speaks', () => {
  it('has the caption from the first sound', () => {
    const room = fold(records([1, joined], [2, voicing]))
    expect(room.caption).toMatchObject({ viewerId: 'ann', state: 'speaking', heard: 'Can you do twenty dollars?' })
    expect(room.feed.map((item) => item.kind)).toEqual(['joined'])
  })

  it('is ducked, silenced and comes back without losing a word', () => {
    const ducked = fold(records([2, voicing], [2.4, { type: 'line_ducked', line_id: 'l1', speech_start: 2.3 }]))
    expect(ducked.caption?.state).toBe('ducked')
    const held = applyRecord(ducked, {
      seq: 2, at: 2.5, event: { type: 'line_held', line_id: 'l1', speech_start: 2.3, heard_text: 'Can you' },
    })
    expect(held.caption?.state).toBe('ducked')
    const back = applyRecord(held, { seq: 3, at: 2.9, event: { type: 'line_resumed', line_id: 'l1' } })
    expect(back.caption).toMatchObject({ state: 'speaking', unheard: '' })
  })

  it('leaves what was not heard apart when cut off', () => {
    const room = fold(records([2, voicing], [3, voiced('Can you do', true)]))
    expect(room.caption).toMatchObject({ state: 'done', heard: 'Can you do', unheard: ' twenty dollars?', cutOff: true })
    for (const by of ['pause', 'end', 'failure'] as const) {
      const stopped = fold(records([2, voicing], [3, voiced('Can you do', true, by)]))
      expect(stopped.caption).toMatchObject({ unheard: ' twenty dollars?', cutOff: false })
    }
    expect(room.feed.at(-1)).toMatchObject({ kind: 'voice', heard: 'Can you do', unheard: ' twenty dollars?' })
  })

  it('is not among the comments when nothing of it was heard', () => {
    const room = fold(records([2, voicing], [3, voiced('', true)]))
    expect(room.caption).toMatchObject({ state: 'done', heard: '' })
    expect(room.feed.some((row) => row.kind === 'voice')).toBe(false)
  })

  it('keeps the caption of a newer line when an older one is reported late', () => {
    const newer: RoomEvent = { ...voicing, line_id: 'l2', text: 'And shipping?' } as RoomEvent
    expect(fold(records([2, voicing], [3, newer], [3.1, voiced('Can', true)])).caption?.lineId).toBe('l2')
  })
})

describe('the streamer', () => {
  it('sees words as they are understood, then the final ones', () => {
    const hearing = fold(
      records([1, { type: 'speech_started', start: 0.9 }], [1.5, { type: 'words_heard', text: 'this lan', start: 0.9 }]),
    )
    expect(hearing).toMatchObject({ speaking: true, partial: 'this lan', lastOwn: '' })
    const heard = applyRecord(hearing, { seq: 2, at: 2, event: said('this lantern') })
    expect(heard).toMatchObject({ speaking: false, partial: '', lastOwn: 'this lantern' })
  })

  it('can type in the middle of a spoken utterance without losing its words', () => {
    const room = fold(records([1, { type: 'words_heard', text: 'so', start: 1 }], [2, said('twenty-nine', 'typed')]))
    expect(room.partial).toBe('so')
    expect(room.feed.at(-1)).toMatchObject({ kind: 'own', typed: true })
  })

  it('is told once that nobody here writes down the language', () => {
    const room = fold(records([2, said('')]))
    expect(room).toMatchObject({ isUnworded: true, feed: [] })
  })
})

describe('the clock', () => {
  it('stands still during a pause and leaves the pause out afterwards', () => {
    const paused = fold(records([10, { type: 'rehearsal_paused', reason: 'streamer' }]))
    expect(elapsed(paused, 25)).toBe(10)
    const resumed = applyRecord(paused, { seq: 1, at: 30, event: { type: 'rehearsal_resumed', paused_sec: 20 } })
    expect(elapsed(resumed, 35)).toBe(15)
  })

  it('stops at the end', () => {
    expect(elapsed(fold(records([60, { type: 'rehearsal_ended', reason: 'time' }])), 99)).toBe(60)
  })
})

describe('who is in the room', () => {
  const here = (id: string, patience: number, trust: number, hostility: number): RoomEvent => ({
    type: 'viewer_changed', viewer_id: id, patience, trust, hostility, price_limit: null, reason: '',
  })

  it('is seen by how it sits, not by numbers', () => {
    const room = fold(records([1, joined], [2, here('ann', 80, 70, 0)]))
    expect(room.viewers.ann).toEqual({ id: 'ann', name: 'Ann', order: 0, bearing: 'leaning_in', lastAt: 0 })
    expect(applyRecord(room, { seq: 2, at: 3, event: here('ann', 12, 70, 0) }).viewers.ann?.bearing).toBe('going')
  })

  it('forgets who left, so that a long rehearsal does not grow', () => {
    const events = Array.from({ length: 300 }, (_, index): [number, RoomEvent][] => [
      [index, { ...joined, viewer_id: `v${index}` } as RoomEvent],
      [index + 0.5, { type: 'viewer_left', viewer_id: `v${index}`, outcome: 'lost_patience' }],
    ])
    const room = fold(records(...events.flat()))
    expect(Object.keys(room.viewers)).toEqual([])
    expect(room.joinedCount).toBe(300)
  })

  it('shares a row of the list with those who come at the same time', () => {
    const room = fold(records([1, joined], [2, { ...joined, viewer_id: 'bo' } as RoomEvent], [40, { ...joined, viewer_id: 'cy' } as RoomEvent]))
    expect(room.feed).toMatchObject([{ kind: 'joined', name: 'Ann', others: 1 }, { kind: 'joined', others: 0 }])
  })

  it('changes nothing that is drawn when a viewer moves a little', () => {
    const room = fold(records([1, joined]))
    expect(applyRecord(room, { seq: 1, at: 2, event: here('ann', 60, 40, 0) }).viewers).toBe(room.viewers)
  })
})

describe('the plan and the figures', () => {
  it('tells the end of a stage on the clock that leaves pauses out', () => {
    const room = fold(
      records(
        [10, { type: 'rehearsal_paused', reason: 'streamer' }], [30, { type: 'rehearsal_resumed', paused_sec: 20 }],
        [40, { type: 'stage_entered', name: 'price', until: 100 }],
      ),
    )
    expect(room.stage).toEqual({ name: 'price', since: 20, until: 80 })
  })

  it('keeps the last five answers', () => {
    const timed = (total_ms: number, kind: 'answer' | 'stop' | 'duck'): RoomEvent =>
      ({ type: 'turn_timed', kind, total_ms, line_id: 'l' }) as RoomEvent
    const room = fold(records(...[1, 2, 3, 4, 5, 6].map((ms): [number, RoomEvent] => [ms, timed(ms * 100.4, 'answer')]), [7, timed(180, 'stop')], [8, timed(40, 'duck')]))
    expect([room.answersMs, room.stopsMs]).toEqual([[201, 301, 402, 502, 602], [180]])
  })

  it('knows an exam from the first record', () => {
    const started = { type: 'rehearsal_started', input: 'voice', locale: 'en-US', prep_sec: 0, exam: true } as RoomEvent
    expect(fold(records([0, started])).exam).toBe(true)
  })
})

describe('the list', () => {
  it('stays bounded over a long rehearsal', () => {
    const many = Array.from({ length: FEED_LIMIT + 50 }, (_, index): [number, RoomEvent] => [index, posted(`c${index}`)])
    const room = fold(records(...many))
    expect(room.feed).toHaveLength(FEED_LIMIT)
    expect(room.feed.at(-1)).toMatchObject({ text: `c${FEED_LIMIT + 49}` })
  })

  it('says who left and how, but not that all leave at the end', () => {
    const room = fold(
      records([1, joined], [2, { type: 'viewer_left', viewer_id: 'ann', outcome: 'bought' }],
        [3, { type: 'viewer_left', viewer_id: 'ann', outcome: 'ended' }]),
    )
    expect(room.feed.map((item) => item.kind)).toEqual(['joined', 'left'])
  })
})

it('counts repeated failures of an engine in one notice', () => {
  const failure: RoomEvent = {
    type: 'engine_failed', port: 'chat_model', engine: 'm', error: 'late', fallback: 'scripted line',
  }
  expect(fold(records([1, failure], [2, failure])).notices).toMatchObject([{ port: 'chat_model', times: 2 }])
})

describe('splitting a line at the last word heard', () => {
  it.each([
    ['a whole line', 'One two', 'One two', false, 'One two', ''],
    ['a line cut in the middle', 'One two three', 'One two', true, 'One two', ' three'],
    ['a line cut before its first word', 'One two', '', true, '', 'One two'],
    ['Chinese without spaces', '能不能再便宜点', '能不能', true, '能不能', '再便宜点'],
    ['spaces that differ', 'One  two three', 'One two', true, 'One  two', ' three'],
    ['words that do not begin the line', 'One two', 'Two', true, 'Two', ''],
  ])('keeps %s', (_name, text, heard, cutOff, expectedHeard, unheard) => {
    expect(splitHeard(text, heard, cutOff)).toEqual({ heard: expectedHeard, unheard })
  })
})
