import { describe, expect, it } from 'vitest'
import { addItem, applied, moveItem, removeItem, removeKey, renameKey, setTexts, setValue, type Change } from './yaml-edit'
import { countAt, keysAt, nodeAt, placeOf, readTree, textAt, textsAt } from './yaml-tree'

const FILE = `# head
id: zh-x   # its id
title: "亚麻衬衫: 砍价"
product:
  # what is sold
  name: 亚麻衬衫
  price: {list: 159, live: 89, currency: CNY}   # three prices
  gifts: [收纳袋, 运费险]
  facts:
    面料: 55%亚麻   # true
    克重: '180克'
  selling_points:
    - {id: cool, title: 透气, aliases: [不闷汗, 凉快]}
    - id: soft
      title: 软   # short
      statement: >
        不贴身
        也不扎
viewers:
- id: joe
  type: haggler
  lines:
    open:
      - 能不能便宜
      - 买两件
events:
  # the plan
  - {at_sec: 45, viewer: joe, intent: push, pressure: true}   # first
  - {at_sec: 90, kind: zero_orders}
cues: "off"
`
const after = (change: (text: string) => Change[], text = FILE): string => applied(text, change(text))

/** The only lines that differ, as "-old" and "+new". */
function difference(before: string, now: string): string[] {
  const old = before.split('\n')
  const fresh = now.split('\n')
  const gone = old.filter((line) => !fresh.includes(line)).map((line) => `-${line}`)
  return [...gone, ...fresh.filter((line) => !old.includes(line)).map((line) => `+${line}`)]
}

describe('reading', () => {
  const root = readTree(FILE)
  it('finds texts, quoted, folded and plain', () => {
    expect(textAt(root, ['title'])).toBe('亚麻衬衫: 砍价')
    expect(textAt(root, ['product', 'facts', '克重'])).toBe('180克')
    expect(textAt(root, ['product', 'selling_points', 1, 'statement'])).toBe('不贴身 也不扎')
    expect(textAt(root, ['product', 'price', 'live'])).toBe('89')
    expect(textsAt(root, ['product', 'gifts'])).toEqual(['收纳袋', '运费险'])
    expect(textsAt(root, ['viewers', 0, 'lines', 'open'])).toEqual(['能不能便宜', '买两件'])
  })
  it('counts lists and names keys', () => {
    expect(countAt(root, ['events'])).toBe(2)
    expect(keysAt(root, ['product', 'facts'])).toEqual(['面料', '克重'])
    expect(FILE.slice(placeOf(root, ['events', 1]), placeOf(root, ['events', 1]) + 3)).toBe('- {')
  })
  it('of nothing is nothing', () => {
    expect(readTree('')).toBeNull()
    expect(nodeAt(readTree('a: 1'), ['b', 0, 'c'])).toBeNull()
  })
})

describe('a value written where it stands', () => {
  it.each([
    [['product', 'name'], '新衬衫', ['-  name: 亚麻衬衫', '+  name: 新衬衫']],
    [['title'], '砍价', ['-title: "亚麻衬衫: 砍价"', '+title: "砍价"']],
    [['product', 'facts', '面料'], 'a: b', ['-    面料: 55%亚麻   # true', '+    面料: "a: b"   # true']],
    [['product', 'facts', '克重'], "it's", ["-    克重: '180克'", "+    克重: 'it''s'"]],
    [
      ['product', 'price', 'live'],
      79,
      ['-  price: {list: 159, live: 89, currency: CNY}   # three prices', '+  price: {list: 159, live: 79, currency: CNY}   # three prices'],
    ],
    [
      ['product', 'selling_points', 0, 'title'],
      '透气，凉快',
      [
        '-    - {id: cool, title: 透气, aliases: [不闷汗, 凉快]}',
        '+    - {id: cool, title: "透气，凉快", aliases: [不闷汗, 凉快]}',
      ],
    ],
  ] as const)('%j', (path, value, lines) => {
    expect(difference(FILE, after((text) => setValue(text, path, value)))).toEqual(lines)
  })

  it('is quoted where YAML would read something else', () => {
    for (const odd of ['off', '12', 'null', ' a', '', '- x', '# x', 'a # b', 'x:', '[a]']) {
      const now = after((text) => setValue(text, ['product', 'name'], odd))
      expect(textAt(readTree(now), ['product', 'name'])).toBe(odd)
    }
  })
})

describe('a key that is missing', () => {
  const ORDER = ['name', 'price', 'gifts', 'stock', 'facts']
  it('comes at its usual place in a block', () => {
    const now = after((text) => setValue(text, ['product', 'stock'], 200, ORDER))
    expect(now).toContain('  gifts: [收纳袋, 运费险]\n  stock: 200\n  facts:')
  })
  it('comes inside brackets', () => {
    const now = after((text) => setValue(text, ['product', 'price', 'floor'], 79, ['list', 'live', 'floor', 'currency']))
    expect(now).toContain('{list: 159, live: 89, floor: 79, currency: CNY}   # three prices')
  })
  it('brings its parents along', () => {
    const now = after((text) => setValue(text, ['pass', 'overall'], 60))
    expect(textAt(readTree(now), ['pass', 'overall'])).toBe('60')
    expect(now.startsWith(FILE.trimEnd())).toBe(true)
  })
  it('may be the first of a text', () => {
    expect(after((text) => setValue(text, ['id'], 'x'), '')).toBe('id: x\n')
  })
  it('goes again without a trace', () => {
    const now = after((text) => setValue(text, ['product', 'stock'], 200, ORDER))
    expect(after((text) => removeKey(text, ['product', 'stock']), now)).toBe(FILE)
  })
})

describe('taking away', () => {
  it('takes the line of a key, and of a key beside a dash only the key', () => {
    expect(difference(FILE, after((text) => removeKey(text, ['product', 'facts', '面料'])))).toEqual(['-    面料: 55%亚麻   # true'])
    expect(after((text) => removeKey(text, ['viewers', 0, 'id']))).toContain('viewers:\n- type: haggler')
  })
  it('takes an entry with its line, and keeps an empty list', () => {
    const now = after((text) => removeItem(text, ['events'], 0))
    expect(countAt(readTree(now), ['events'])).toBe(1)
    expect(now).toContain('# the plan')
    const none = after((text) => removeItem(text, ['viewers'], 0))
    expect(none).toContain('viewers: []\nevents:')
  })
  it('takes an entry out of brackets', () => {
    expect(after((text) => removeItem(text, ['product', 'gifts'], 0))).toContain('gifts: [运费险]')
    expect(after((text) => removeItem(text, ['product', 'gifts'], 1))).toContain('gifts: [收纳袋]')
  })
})

describe('lists', () => {
  it('grow in the manner of their last entry', () => {
    const now = after((text) => addItem(text, ['events'], { at_sec: 120, viewer: 'joe' }))
    expect(now).toContain('  - {at_sec: 90, kind: zero_orders}\n  - {at_sec: 120, viewer: joe}\n')
    const guests = after((text) => addItem(text, ['viewers'], { id: 'ann', type: 'friendly', name: 'Ann' }))
    expect(guests).toContain('- 买两件\n- id: ann\n  type: friendly\n  name: Ann\nevents:')
  })
  it('begin where there are none', () => {
    const now = after((text) => addItem(text, ['stages'], { name: 'hook', until_sec: 40 }))
    expect(now.endsWith('cues: "off"\nstages:\n  - {name: hook, until_sec: 40}\n')).toBe(true)
    const none = after((text) => removeItem(text, ['viewers'], 0))
    expect(countAt(readTree(after((text) => addItem(text, ['viewers'], { id: 'a' }), none)), ['viewers'])).toBe(1)
  })
  it('swap entries with their remarks', () => {
    const now = after((text) => moveItem(text, ['events'], 0, 1))
    expect(textAt(readTree(now), ['events', 0, 'at_sec'])).toBe('90')
    expect(now).toContain('pressure: true}   # first')
    expect(after((text) => moveItem(text, ['events'], 1, -1), now)).toBe(FILE)
    expect(moveItem(FILE, ['events'], 0, -1)).toEqual([])
  })
  it('of words keep what stays', () => {
    const now = after((text) => setTexts(text, ['viewers', 0, 'lines', 'open'], ['能不能便宜', '三件呢', '行吗']))
    expect(difference(FILE, now)).toEqual(['-      - 买两件', '+      - 三件呢', '+      - 行吗'])
    expect(after((text) => setTexts(text, ['product', 'gifts'], ['a, b']))).toContain('gifts: ["a, b"]')
  })
  it('keep a renamed fact at its place', () => {
    expect(after((text) => renameKey(text, ['product', 'facts', '面料'], '材质'))).toContain('    材质: 55%亚麻   # true')
  })
})
