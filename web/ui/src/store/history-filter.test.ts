import { describe, expect, it } from 'vitest'
import { chosenIn, filterOf, inLanguage, isNarrowed, NO_FILTER, queryOf, scenarioGroups } from './history-filter'

describe('the filter in the address', () => {
  it('comes back as it was written', () => {
    const chosen = { ...NO_FILTER, q: '水壶 100%', language: 'zh', kind: 'drill', sort: 'pacing', page: 3 }
    expect(chosenIn(queryOf(chosen))).toEqual(chosen)
    expect(queryOf(NO_FILTER)).toEqual({})
  })

  it.each([
    [{ language: 'xx', kind: 'party', status: 'gone', sort: 'best', page: '-2' }],
    [{ page: 'many', q: ['a', 'b'] }],
    [{}],
  ])('leaves out what it does not know: %j', (query) => {
    expect(chosenIn(query)).toEqual(NO_FILTER)
  })

  it('asks for the rows of a page', () => {
    expect(filterOf({ ...NO_FILTER, q: '  kettle ', page: 2 })).toMatchObject({ q: 'kettle', offset: 25, limit: 25 })
  })

  it('knows whether it narrows anything', () => {
    expect(isNarrowed({ ...NO_FILTER, sort: 'oldest', page: 4, q: ' ' })).toBe(false)
    expect(isNarrowed({ ...NO_FILTER, scenario: 'kettle' })).toBe(true)
  })
})

describe('rehearsed scenarios of two languages', () => {
  const kettle = { id: 'kettle', title: 'Kettle', locale: 'en-US' }
  const flask = { id: 'flask', title: '保温杯', locale: 'zh-CN' }

  it('are told apart', () => {
    expect(inLanguage([kettle, flask], 'zh')).toEqual([flask])
    expect(inLanguage([kettle], 'zh')).toEqual([])
  })

  it.each([
    ['', 'en', ['en', 'zh']],
    ['', 'zh', ['zh', 'en']],
    ['zh', 'en', ['zh']],
    ['en', 'zh', ['en']],
  ] as const)('a list narrowed to "%s" on a page in %s offers %j', (narrowed, page, expected) => {
    expect(scenarioGroups([flask, kettle], narrowed, page).map((group) => group.language)).toEqual(expected)
  })

  it('leave out a language without any', () => {
    expect(scenarioGroups([kettle], '', 'zh')).toEqual([{ language: 'en', scenarios: [kettle] }])
  })
})
