import { describe, expect, it } from 'vitest'
import published from '../../../../scenarios/scenario.schema.json?raw'
import { meaning, offersAt, specAt, type Schema } from './schema'
import { cursorAt } from './yaml-path'

/** The schema as it is published; `scenario check` and the page go by the same file. */
const SCHEMA = JSON.parse(published) as Schema

const FILE = `id: x
product:
  name: Mug
  facts: {size: 300 ml}
  certificates: [tested]
  selling_points:
    - {id: warm, title: Stays warm}
    - id: light
      title: Light
stages:
  - {name: hook, until_sec: 40}
viewers:
  - id: joe
    type: haggler
    name: Joe
  - id: ann
    type: friendly
    name: Ann
`

/** The text with the cursor at `|`. */
function at(marked: string): { path: string; typing: string; offers: string[]; beside: string[] } {
  const place = marked.indexOf('|')
  const text = marked.slice(0, place) + marked.slice(place + 1)
  const cursor = cursorAt(text, place)
  const offers = offersAt(SCHEMA, text, cursor).map((offer) => offer.label)
  return { path: [...cursor.path, cursor.key ?? ''].join('.'), typing: cursor.typing, offers, beside: cursor.beside.toSorted() }
}

describe('keys', () => {
  it('of the file, without those that are there', () => {
    const found = at(`${FILE}|`)
    expect(found).toMatchObject({ path: '', typing: 'key', beside: ['id', 'product', 'stages', 'viewers'] })
    expect(found.offers).toContain('duration_sec')
    expect(found.offers).not.toContain('product')
  })
  it.each([
    ['product:\n  na|', 'product.', 'price'],
    ['product:\n  price:\n    li|', 'product.price.', 'currency'],
    ['viewers:\n  - id: joe\n    ty|', 'viewers.*.', 'patience'],
    ['viewers:\n- id: joe\n  ty|', 'viewers.*.', 'patience'],
    ['viewers:\n  - id: joe\n    lines:\n      op|', 'viewers.*.lines.', 'open'],
    ['viewers:\n  - voice: {gender: female, |}', 'viewers.*.voice.', 'rate'],
    ['events:\n  - {at_sec: 45, vi|', 'events.*.', 'viewer'],
    ['events: [{at_sec: 45, vi|', 'events.*.', 'viewer'],
    ['events:\n  - {at_sec: 4, viewer: [\n  - {in|', 'events.*.', 'intent'],
    ['product:\n  # a remark: with a colon {\n\n  st|', 'product.', 'stock'],
    ['pass: {overall: 60}\nproduct:\n  price: {list: 1, |, floor: 2}', 'product.price.', 'live'],
  ])('in %j', (text, path, offered) => {
    const found = at(text)
    expect(found.path).toBe(path)
    expect(found.offers).toContain(offered)
  })
  it('inside brackets without those after the cursor either', () => {
    expect(at('product:\n  price: {list: 1, |, floor: 2}').offers).toEqual(['live', 'currency'])
  })
  it('of one entry, not of its neighbours', () => {
    expect(at('viewers:\n  - id: a\n    name: A\n  - id: b\n    |\n  - id: c\n    type: bait\n').beside).toEqual(['id'])
  })
  it('at a dash are the first keys of an entry', () => {
    expect(at('stages:\n  - |')).toMatchObject({ path: 'stages.*.', typing: 'entry', offers: ['name', 'until_sec'] })
  })
})

describe('values', () => {
  it.each([
    ['locale: |', ['zh-CN', 'en-US']],
    ['viewers:\n  - channel: v|', ['chat', 'voice', 'both']],
    ['product:\n  price: {currency: |}', ['CNY', 'USD', 'EUR', 'GBP', 'HKD', 'SGD']],
    ['product:\n  selling_points:\n    - {priority: |}', ['P0', 'P1', 'P2']],
    ['events:\n  - {pressure: |', ['true', 'false']],
    [`${FILE}events:\n  - {at_sec: 4, viewer: |}`, ['joe', 'ann']],
    [`${FILE}events:\n  - kind: pile_on\n    viewers: [joe, |]`, ['joe', 'ann']],
    [`${FILE}events:\n  - kind: pile_on\n    viewers:\n      - |`, ['joe', 'ann']],
    [`${FILE}events:\n  - {when: point_covered, point: |}`, ['warm', 'light']],
    [`${FILE}events:\n  - {when: stage, stage: |}`, ['hook']],
    [`${FILE}  - id: eva\n    evidence_needed: [|]`, ['warm', 'light', 'size', 'tested']],
    ['title: "no {bracket|', []],
  ])('in %j', (text, offers) => {
    expect(at(text).offers).toEqual(offers)
  })
})

describe('the schema', () => {
  it('says what a key means in both languages', () => {
    const spec = specAt(SCHEMA, ['viewers', 0, 'price_limit'])
    expect(spec?.type).toBe('number')
    expect(meaning(spec, 'en')).toBe('Buys at or under it.')
    expect(meaning(spec, 'zh')).toContain('心理价位')
  })
  it('knows nothing of what is not there', () => {
    expect(specAt(SCHEMA, ['nothing', 0])).toBeNull()
  })
})
