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
