import { afterEach, describe, expect, it } from 'vitest'
import { bytes, clock, money, signed } from './format'
import { language } from './index'

afterEach(() => (language.value = 'en'))

describe('money', () => {
  it.each([
    ['en', 29, 'USD', '$29'],
    ['en', 12.5, 'USD', '$12.50'],
    ['en', 29.99, 'USD', '$29.99'],
    ['en', 1299, 'CNY', '¥1,299'],
    ['zh', 39.9, 'CNY', '¥39.9'],
    ['zh', 89, 'CNY', '¥89'],
  ] as const)('in %s: %d %s is %s', (shown, amount, currency, said) => {
    language.value = shown
    expect(money(amount, currency)).toBe(said)
  })
})

it.each([
  ['en', 0, '0 bytes'],
  ['en', 1, '1 byte'],
  ['en', 340, '340 bytes'],
  ['en', 3_400_000, '3.4 MB'],
  ['zh', 0, '0字节'],
] as const)('in %s %d bytes are %s', (shown, size, said) => {
  language.value = shown
  expect(bytes(size)).toBe(said)
})

it.each([
  [75.4, '1:15'],
  [-1, '0:00'],
  [3599, '59:59'],
  [3725, '1:02:05'],
])('%d seconds are %s', (seconds, said) => {
  expect(clock(seconds)).toBe(said)
})

it.each([
  [6, '+6'],
  [-6.2, '−6'],
  [-0.3, '0'],
])('a change by %d is %s', (by, said) => {
  expect(signed(by)).toBe(said)
})
