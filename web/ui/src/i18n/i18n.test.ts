import { describe, expect, it } from 'vitest'
import { en } from './en'
import { fill, preferred } from './index'
import { zh } from './zh'

const placeholders = (text: string): string[] => (text.match(/\{\w+\}/g) ?? []).sort()

describe('the two dictionaries', () => {
  it('have the same keys', () => {
    expect(Object.keys(zh).sort()).toEqual(Object.keys(en).sort())
  })

  it('fill the same places', () => {
    const keys = Object.keys(en) as (keyof typeof en)[]
    const differing = keys.filter((key) => placeholders(zh[key]).join() !== placeholders(en[key]).join())
    expect(differing).toEqual([])
  })

  it('leave no English sentence in the Chinese one', () => {
    const untranslated = Object.entries(zh).filter(([key, text]) => text !== '' && text === en[key as keyof typeof en])
    expect(untranslated).toEqual([])
  })
})

describe('one word for one thing', () => {
  /** Words that mean what another word already means on the page, or in a terminal. */
  it.each([
    ['zh', /老师/, '导师'],
    ['zh', /剧本/, '场景'],
    ['zh', /镇定/, '从容、心态'],
    ['zh', /陪练间/, '练习室'],
    ['zh', /安全词/, '说出来的那个词'],
    ['en', /\bsession\b/i, 'rehearsal'],
    ['en', /\bcoach\b(?! scorecard)/, 'mentor'],
    ['en', /\bsafe word\b/i, 'the word itself'],
  ] as const)('%s never says %s, it says %s', (language, other, _word) => {
    const found = Object.entries(language === 'zh' ? zh : en).filter(([, text]) => other.test(text))
    expect(found).toEqual([])
  })
})

describe('the language at the start', () => {
  it.each([
    ['zh', ['en-US'], 'zh'],
    [null, ['zh-TW', 'en'], 'zh'],
    [null, ['fr-FR', 'zh-CN'], 'zh'],
    [null, ['de'], 'en'],
    ['xx', ['en-GB'], 'en'],
  ] as const)('stored %s and browser %s give %s', (stored, browser, expected) => {
    expect(preferred(stored, browser)).toBe(expected)
  })
})

it('leaves a place without value visible', () => {
  expect(fill('{n} of {total}', { n: 2 })).toBe('2 of {total}')
})
