import { describe, expect, it } from 'vitest'
import type { Moment } from '../score/moments'
import type { Row } from '../score/transcript-rows'
import type { MentorComment, SharedCard } from '../wire/review'
import type { Scorecard } from '../wire/types'
import { hintsOf, wordingHints } from './hints'
import { actOf, type Press } from './keys'
import { filtered, filterOf, grouped, neighbour, queryOf } from './shelf'
import { rowFor, stopFrom, stopsOf } from './stops'
import { nameOf, scoreIn, valueKey } from './targets'

function shared(id: string, scenario: string, note = ''): SharedCard {
  const summary = { id, scenario_id: scenario, scenario_title: `Scenario ${scenario}`, locale: 'en-US' }
  return { summary, note, shared_at: '', reviewed_at: null, reviewed_by: '', comments: 0 } as unknown as SharedCard
}

describe('the shelf', () => {
  const items = [shared('1', 'b'), shared('2', 'a', 'Was the Ｐrice late?'), shared('3', 'b', '价格')]

  it('groups by scenario, the one that waits longest first', () => {
    expect(grouped(items).map((group) => [group.scenarioId, group.items.map((item) => item.summary.id)])).toEqual([
      ['b', ['1', '3']], ['a', ['2']],
    ])
    expect(grouped([])).toEqual([])
  })

  it.each([
    [{ scenario: 'b' }, ['1', '3']],
    [{ search: 'price LATE' }, ['2']],
    [{ search: '价格' }, ['3']],
    [{ search: 'SCENARIO b' }, ['1', '3']],
    [{ scenario: 'a', search: '价格' }, []],
    [{}, ['1', '2', '3']],
  ])('finds by %o', (filter, ids) => {
    const whole = { status: 'needs' as const, scenario: '', search: '', ...filter }
    expect(filtered(items, whole).map((item) => item.summary.id)).toEqual(ids)
  })

  it('keeps its filter in the address, without what is usual', () => {
    expect(queryOf({ status: 'needs', scenario: '', search: '  ' })).toEqual({})
    const filter = { status: 'reviewed' as const, scenario: 'b', search: 'x' }
    expect(filterOf(queryOf(filter))).toEqual(filter)
    expect(filterOf({ status: ['x'], q: ['a', 'b'] })).toEqual({ status: 'needs', scenario: '', search: '' })
  })

  it('goes to the neighbour and stops at the ends', () => {
    expect([neighbour(['a', 'b'], 'a', 1), neighbour(['a', 'b'], 'b', 1), neighbour(['a', 'b'], 'b', -1)]).toEqual(['b', null, 'a'])
    expect(neighbour(['a'], 'gone', 1)).toBeNull()
  })
})

describe('keys', () => {
  const press = (key: string, more: Partial<Press> = {}): Press => ({
    key, ctrlKey: false, metaKey: false, altKey: false, isComposing: false, ...more,
  })

  it.each([['j', 'next'], ['J', 'next'], ['k', 'previous'], ['r', 'reviewed'], ['/', 'search'], ['、', 'search'], ['？', 'help'], ['?', 'help']])(
    '%s is %s', (key, act) => expect(actOf(press(key), false)).toBe(act),
  )

  it('leaves alone what is typed, composed or the browser’s', () => {
    expect(actOf(press('r'), true)).toBeNull()
    expect(actOf(press('r', { ctrlKey: true }), false)).toBeNull()
    expect(actOf(press('r', { metaKey: true }), false)).toBeNull()
    expect(actOf(press('j', { isComposing: true }), false)).toBeNull()
    expect(actOf(press('Enter'), false)).toBeNull()
    expect(actOf(press('x'), false)).toBeNull()
  })
})

describe('hints', () => {
  const kinds = (text: string, time: number | null = 3, repeated = false): string[] =>
    hintsOf({ text, time_sec: time }, repeated).map((hint) => hint.kind)

  it.each([
    ['价格在第二分钟才说，可以早一点', 3, false, []],
    ['The price came in minute two; say it in the first.', 3, false, []],
    ['价格在第二分钟才说，可以早一点', null, false, ['noTime']],
    ['很好', 3, false, ['short']],
    ['Nice job!', 3, false, ['short']],
    ['很好', null, true, ['noTime', 'repeated']],
    ['', null, false, []],
  ])('%s at %s', (text, time, repeated, wanted) => expect(kinds(text, time, repeated)).toEqual(wanted))

  it.each([
    ['你太懒了，话术都没准备', 'person'],
    ['这样不行，你不适合做直播', 'person'],
    ["You're just not good enough for this.", 'person'],
    ['You are too lazy to learn the sheet.', 'person'],
    ['你这里明显紧张了', 'feeling'],
    ['听起来很不自信', 'feeling'],
    ['You seemed nervous here, breathe first.', 'feeling'],
    ['You sounded a bit... you were very anxious', 'feeling'],
    ['你总是忘记报价', 'sweeping'],
    ['You never say the price.', 'sweeping'],
  ])('%s speaks of the person: %s', (text, kind) => expect(wordingHints(text).map((hint) => hint.kind)).toContain(kind))

  it.each([
    '这句话接得很稳，价格也说清楚了',
    'After "too dear" you answered with the fabric. Try the price per wear.',
    'The floor price was never mentioned; good.',
    '语速在这里快到每分钟 320 字',
  ])('%s is about what was said', (text) => expect(wordingHints(text)).toEqual([]))
})

describe('places to go to', () => {
  const moment = (id: string, at: number): Moment => ({ id, kind: 'focus', at, end: at + 1, label: id })
  const comment = (id: string, at: number | null): MentorComment => ({ id, time_sec: at }) as MentorComment

  it('are moments and comments in order of time, without those about the whole', () => {
    const stops = stopsOf([moment('m', 9), moment('n', 2)], [comment('c', 5), comment('w', null), comment('d', 5.05)])
    expect(stops.map((stop) => stop.id)).toEqual(['n', 'comment.c', 'm'])
    expect(stopFrom(stops, 2, 1)?.id).toBe('comment.c')
    expect(stopFrom(stops, 9, 1)).toBeNull()
    expect(stopFrom(stops, 5.5, -1)?.id).toBe('n')
    expect(stopFrom(stops, 0, -1)).toBeNull()
  })

  const row = (seq: number, kind: Row['kind'], at: number, end: number): Row => ({
    seq, kind, at, end, viewerId: null, text: 't', cut: '', pressure: false,
  })

  it('quote what was being said, before a danmaku that came meanwhile', () => {
    const rows = [row(1, 'streamer', 1, 6), row(2, 'chat', 3, 3), row(3, 'stage', 7, 7), row(4, 'voice', 8, 9)]
    expect([0, 1, 4, 7.5, 8.5, 20].map((at) => rowFor(rows, at)?.seq ?? null)).toEqual([null, 1, 1, 1, 4, 4])
  })
})

describe('what may be seen differently', () => {
  const card = {
    scores: [{ id: 'pacing', name: { zh: '节奏', en: 'Pacing' } }],
    coverage: [{ point_id: 'a.b', title: 'Airy' }],
    handled: [{ seq: 7, text: 'Too dear' }],
  } as unknown as Scorecard

  it('is called by its name, also where that has a dot', () => {
    expect(nameOf(card, 'score.pacing')).toEqual({ zh: '节奏', en: 'Pacing' })
    expect(nameOf(card, 'coverage.a.b')).toBe('Airy')
    expect(nameOf(card, 'handled.7')).toBe('Too dear')
    expect(nameOf(card, 'score.overall')).toBeNull()
    expect(nameOf(card, 'coverage.gone')).toBe('gone')
  })

  it('has a value in words', () => {
    expect(valueKey('score.pacing', 71.6)).toEqual({ text: '72' })
    expect(valueKey('coverage.a.b', 'hit')).toEqual({ key: 'score.state.hit' })
    expect(valueKey('handled.7', 'weak')).toEqual({ key: 'score.handled.weak' })
    expect(valueKey('score.pacing', null)).toBeNull()
  })

  it.each([['72', 72], ['0', 0], ['100', 100], ['71,5', 71.5], [' 5 ', 5], ['', null], ['abc', null], ['101', null], ['-1', null], ['1e3', null], ['NaN', null]])(
    '%s is the score %s', (text, score) => expect(scoreIn(text)).toBe(score),
  )
})
