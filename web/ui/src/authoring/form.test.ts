import { describe, expect, it } from 'vitest'
import { EVENTS, freshItem, isUnder, keysFor, namesOf, STAGES, typed, VIEWERS } from './form'
import { copied } from './copy'
import { decoded, freeId } from './handover'
import { language, tKnown } from '../i18n'

const value = (known: { [key: string]: string }) => (key: string): string | null => known[key] ?? null

describe('keys of an entry', () => {
  it.each([
    [EVENTS, { at_sec: '40', viewer: 'joe', intent: 'push' }, ['viewer', 'intent'], ['when', 'to', 'price']],
    [EVENTS, { when: 'stage' }, ['stage'], ['at_sec', 'point', 'move']],
    [EVENTS, { kind: 'audience_drop' }, ['to'], ['intent', 'viewer']],
    [EVENTS, { kind: 'wrong_price' }, ['price', 'for_sec'], ['to']],
    [VIEWERS, { type: 'bait', channel: 'chat' }, ['claim', 'patience'], ['care', 'complaint', 'floor']],
    [VIEWERS, { type: 'special_care', channel: 'both' }, ['care', 'floor'], ['claim']],
  ])('are those that make sense for %o with %o', (group, known, shown, hidden) => {
    const keys = keysFor(group, value(known), [])
    expect(keys).toEqual(expect.arrayContaining(shown))
    expect(keys.filter((key) => hidden.includes(key))).toEqual([])
  })
  it('and those that are written all the same', () => {
    expect(keysFor(EVENTS, value({ at_sec: '1', when: 'silence' }), ['at_sec', 'when'])).toEqual(expect.arrayContaining(['at_sec', 'when']))
  })
})

it('makes entries with ids nobody has', () => {
  expect(freshItem(VIEWERS, ['viewer-1', 'viewer-2'], 300, null)).toMatchObject({ id: 'viewer-3' })
  expect(freshItem(EVENTS, [], 300, 'joe')).toEqual({ at_sec: 150, viewer: 'joe', intent: 'push', pressure: true })
  expect(freshItem(STAGES, ['stage-1'], 300, null)).toEqual({ name: 'stage-2' })
})

it.each([
  ['number', '12.5', 12.5], ['number', '¥12', '¥12'], ['integer', ' 3 ', 3], ['string', '12', '12'], ['boolean', 'true', true], ['string', '  ', null],
])('takes what is typed for a %s, %j, as %j', (type, words, expected) => expect(typed(type, words)).toBe(expected))

it('knows what lies under a path', () => {
  expect(isUnder('viewers[1].name', 'viewers[1]')).toBe(true)
  expect(isUnder('viewers[10].name', 'viewers[1]')).toBe(false)
  expect(isUnder('product.facts', 'product.facts')).toBe(true)
})

describe('a copy', () => {
  it('has another id and title, and everything else as it was', () => {
    const text = '# head\nid: zh-a   # its id\ntitle: "亚麻"  # shown\nlocale: zh-CN\nproduct: {name: id}\n'
    expect(copied(text, 'zh-a-2', (old) => `${old}（副本）`)).toBe('# head\nid: zh-a-2   # its id\ntitle: "亚麻（副本）"  # shown\nlocale: zh-CN\nproduct: {name: id}\n')
  })
  it('gets the first number that is free', () => {
    expect(freeId('en-x', new Set(['en-x', 'en-x-2']))).toBe('en-x-3')
    expect(freeId('en-x-2', new Set(['en-x-2', 'en-x-3']))).toBe('en-x-4')
  })
})

describe('an imported file', () => {
  it.each([
    ['UTF-8', new Uint8Array([0xe4, 0xb8, 0xad])],
    ['GB18030', new Uint8Array([0xd6, 0xd0])],
    ['UTF-16 LE', new Uint8Array([0xff, 0xfe, 0x2d, 0x4e])],
    ['UTF-16 BE', new Uint8Array([0xfe, 0xff, 0x4e, 0x2d])],
  ])('is read in %s', async (_name, bytes) => {
    expect(await decoded(new Blob([bytes]))).toBe('中')
  })
})

it.each([
  ['type', 'bait', 'compliance tester', '合规试探'],
  ['intent', 'bait', 'baits', '引诱违规'],
  ['type', 'troll', 'troll', '黑粉'],
])('the form calls %s %s as the page does', (key, word, en, zh) => {
  const said = (['en', 'zh'] as const).map((shown) => {
    language.value = shown
    return tKnown(namesOf(key), word)
  })
  expect(said).toEqual([en, zh])
})
