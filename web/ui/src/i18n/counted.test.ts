import { describe, expect, it } from 'vitest'
import { counted } from '../store/counted'
import { en } from './en'
import { language } from './index'

/** Texts with a number and a noun of several that never stand with one, and why. */
const NEVER_ONE = [
  'trend.break', // a break is weeks long
  'room.ms',
  'landing.drawn',
  'setup.say.start',
  'setup.full',
]

describe('a number of things', () => {
  it('has a text of its own for one, wherever English says it in the plural', () => {
    const plural = Object.entries(en).filter(([, text]) => /\{n\} (?:[a-z’-]+ )*[a-z]+s\b/.test(text))
    const missing = plural.map(([key]) => key).filter((key) => !(`${key}.one` in en) && !NEVER_ONE.includes(key))
    expect(missing).toEqual([])
  })

  it.each([
    ['en', 1, '1 of 1 line answered'],
    ['en', 3, '1 of 3 lines answered'],
    ['zh', 1, '1 句里回应了 1 句'],
  ] as const)('is said in %s for %d', (shown, n, said) => {
    language.value = shown
    expect(counted('score.viewerAnswered', n, { answered: 1 })).toBe(said)
  })

  it.each([['en', 1, 'order', 'like'], ['en', 0, 'orders', 'likes'], ['en', 2, 'orders', 'likes']] as const)(
    'beside its figure is said in %s for %d',
    (shown, n, orders, likes) => {
      language.value = shown
      expect([counted('room.orders', n), counted('room.likes', n)]).toEqual([orders, likes])
    },
  )
})
