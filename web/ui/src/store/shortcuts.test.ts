import { describe, expect, it } from 'vitest'
import { actionOf, SHORTCUTS, type KeyPress } from './shortcuts'

function press(key: string, more: Partial<KeyPress> = {}): KeyPress {
  const plain = { shiftKey: false, ctrlKey: false, altKey: false, metaKey: false, repeat: false }
  return { key, ...plain, isComposing: false, defaultPrevented: false, ...more }
}

describe('keys of the room', () => {
  it.each([
    ['m', {}, 'mute'],
    ['/', {}, 'type'],
    ['/', { shiftKey: true }, 'type'],
    ['?', { shiftKey: true }, 'help'],
    ['X', { shiftKey: true }, 'stop'],
    ['x', {}, null],
    ['X', {}, null],
    ['M', { shiftKey: true }, null],
    ['m', { ctrlKey: true }, null],
    ['p', { metaKey: true }, null],
    ['p', { repeat: true }, null],
    ['m', { isComposing: true }, null],
    ['m', { defaultPrevented: true }, null],
    ['q', {}, null],
  ] as const)('%s %o means %s', (key, more, action) => {
    expect(actionOf(press(key, more), false)).toBe(action)
  })

  it('leaves every key to a field that is typed into', () => {
    expect(SHORTCUTS.map(({ key }) => actionOf(press(key, { shiftKey: key === key.toUpperCase() }), true))).toEqual(
      SHORTCUTS.map(() => null),
    )
  })

  it('gives each key one meaning', () => {
    expect(new Set(SHORTCUTS.map(({ key }) => key)).size).toBe(SHORTCUTS.length)
  })
})
