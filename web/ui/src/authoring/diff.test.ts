import { describe, expect, it } from 'vitest'
import { join, joined, sideBySide } from './diff'

const rows = (one: string, two: string): string[] =>
  sideBySide(one, two).map((row) => `${row.kind[0]}:${row.left ?? ''}>${row.right ?? ''}`)

describe('side by side', () => {
  it.each([
    ['a\nb\nc', 'a\nb\nc', ['s:a>a', 's:b>b', 's:c>c']],
    ['a\nb\nc', 'a\nx\nc', ['s:a>a', 'c:b>x', 's:c>c']],
    ['a\nc', 'a\nb\nc', ['s:a>a', 'n:>b', 's:c>c']],
    ['a\nb\nc', 'a\nc', ['s:a>a', 'g:b>', 's:c>c']],
    ['', 'a', ['c:>a']],
  ])('%j and %j', (one, two, expected) => expect(rows(one, two)).toEqual(expected))

  it('numbers the lines of both', () => {
    expect(sideBySide('a\nc', 'a\nb\nc').map((row) => [row.leftNumber, row.rightNumber])).toEqual([[1, 1], [null, 2], [2, 3]])
  })
})

describe('joining', () => {
  const base = 'id: x\ntitle: A\nlocale: en-US\nprice: 1\nend'
  it('takes what only one has changed', () => {
    const pieces = join(base, base.replace('A', 'B'), base.replace('price: 1', 'price: 2\nstock: 3'))
    expect(pieces.some((piece) => piece.kind === 'both')).toBe(false)
    expect(joined(pieces, () => 'mine')).toBe('id: x\ntitle: B\nlocale: en-US\nprice: 2\nstock: 3\nend')
  })
  it('takes once what both have changed alike', () => {
    const both = base.replace('A', 'B')
    expect(joined(join(base, both, both), () => 'mine')).toBe(both)
  })
  it('asks where both have changed the same', () => {
    const pieces = join(base, base.replace('A', 'mine'), base.replace('A', 'theirs'))
    expect(pieces.filter((piece) => piece.kind === 'both')).toEqual([{ kind: 'both', mine: ['title: mine'], theirs: ['title: theirs'] }])
    expect(joined(pieces, () => 'theirs')).toBe(base.replace('A', 'theirs'))
    expect(joined(pieces, () => 'mine')).toBe(base.replace('A', 'mine'))
  })
  it('keeps what was added at the end', () => {
    expect(joined(join('a', 'a\nmine', 'a'), () => 'theirs')).toBe('a\nmine')
  })
})
