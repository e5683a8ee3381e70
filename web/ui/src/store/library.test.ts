import { describe, expect, it } from 'vitest'
import type { Scenario } from '../wire/types'
import { filtersFrom, firstScenario, kindOf, lengthOf, Library, queryOf, trainedBy, type Filters } from './library'

function scenario(id: string, rest: Partial<Scenario> = {}): Scenario {
  return {
    id,
    version: 1,
    locale: 'en-US',
    title: `Title of ${id}`,
    category: 'home',
    difficulty: 2,
    duration_sec: 300,
    intensity_cap: 2,
    kind: 'rehearsal',
    skill: null,
    prep_sec: null,
    product: {
      name: `Product ${id}`,
      price: { list: 2, live: 1, floor: 1, currency: 'USD' },
      selling_points: [{ id: 'p', title: 'Stays warm', priority: 'P0' }],
      facts: {},
      gifts: [],
      stock: 0,
    },
    viewers: [{ id: 'joe', type: 'haggler', name: 'Joe', channel: 'chat' }],
    ...rest,
  }
}

const ALL = [
  scenario('kettle'),
  scenario('lamp', { category: 'electronics', difficulty: 4, duration_sec: 600 }),
  scenario('pan', { kind: 'drill', skill: 'hold_price', duration_sec: 180, difficulty: 1 }),
  scenario('draw', { prep_sec: 60 }),
  scenario('shirt', { locale: 'zh-CN', category: 'apparel', title: '亚麻衬衫：砍价专场', difficulty: 1 }),
]
const named = (prefix: string, value: string): string => `${prefix} ${value}`
const library = new Library(ALL, named)
const every: Filters = { text: '', language: 'all', category: '', kind: '', level: '', length: '' }
const ids = (filters: Partial<Filters>): string[] => library.find({ ...every, ...filters }).map((one) => one.id)

describe('the library', () => {
  it.each([
    [{}, ['kettle', 'lamp', 'pan', 'draw', 'shirt']],
    [{ language: 'zh' }, ['shirt']],
    [{ category: 'home' }, ['kettle', 'pan', 'draw']],
    [{ kind: 'drill' }, ['pan']],
    [{ kind: 'challenge' }, ['draw']],
    [{ level: '4' }, ['lamp']],
    [{ length: 'long' }, ['lamp']],
    [{ text: ' KETTLE ' }, ['kettle']],
    [{ text: 'haggler electronics' }, ['lamp']],
    [{ text: '砍价' }, ['shirt']],
    [{ text: 'nothing like it' }, []],
  ] as [Partial<Filters>, string[]][])('with %j shows %j', (filters, expected) => {
    expect(ids(filters)).toEqual(expected)
  })

  it('counts what each choice would show beside the other filters', () => {
    const counts = library.counts('category', { ...every, language: 'en', category: 'electronics' })
    expect(Object.fromEntries(counts)).toEqual({ '': 4, home: 3, electronics: 1 })
    expect(library.counts('kind', { ...every, text: 'kettle' }).get('drill')).toBeUndefined()
  })

  it('knows the values of a filter', () => {
    expect(library.values('category')).toEqual(['apparel', 'electronics', 'home'])
  })
})

describe('the address', () => {
  it('keeps what differs from the page as it opens, and gives it back', () => {
    const filters: Filters = { text: 'lamp', language: 'all', category: 'home', kind: 'drill', level: '3', length: 'short' }
    const query = queryOf(filters, 'en')
    expect(query).toEqual({ q: 'lamp', lang: 'all', cat: 'home', type: 'drill', level: '3', len: 'short' })
    expect(filtersFrom(query, 'en')).toEqual(filters)
    expect(queryOf({ ...every, language: 'zh' }, 'zh')).toEqual({})
  })

  it('with nonsense in it filters nothing', () => {
    expect(filtersFrom({ lang: 'fr', type: 'x', level: '9', len: ['a'], q: null }, 'zh')).toEqual({ ...every, language: 'zh' })
  })
})

it('a scenario is of one kind and length', () => {
  expect(ALL.map(kindOf)).toEqual(['rehearsal', 'rehearsal', 'drill', 'challenge', 'rehearsal'])
  expect(ALL.map(lengthOf)).toEqual(['medium', 'long', 'short', 'medium', 'medium'])
})

it('who comes says what is trained', () => {
  const viewers = (...types: string[]): Scenario =>
    scenario('x', { viewers: types.map((type, id) => ({ id: String(id), type, name: type, channel: 'chat' })) })
  expect(trainedBy(viewers('haggler', 'price_comparer', 'troll', 'friendly'))).toEqual(['price', 'composure'])
  expect(trainedBy(viewers('friendly'))).toEqual(['warmth'])
  expect(trainedBy(viewers('somebody_new'))).toEqual([])
})

it('the first scenario is the easiest whole rehearsal of the language', () => {
  expect(firstScenario(ALL, 'en')?.id).toBe('kettle')
  expect(firstScenario(ALL, 'zh')?.id).toBe('shirt')
  expect(firstScenario([], 'en')).toBeNull()
})
