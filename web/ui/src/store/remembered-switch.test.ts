import { afterEach, expect, it, vi } from 'vitest'
import { rememberedSwitch } from './remembered-switch'

function storage(): Storage {
  const kept = new Map<string, string>()
  return { getItem: (key: string) => kept.get(key) ?? null, setItem: (key: string, value: string) => kept.set(key, value) } as unknown as Storage
}

afterEach(() => vi.unstubAllGlobals())

it('begins as it was left, else by its default', () => {
  vi.stubGlobal('localStorage', storage())
  expect(rememberedSwitch('a', true).isOn.value).toBe(true)
  expect(rememberedSwitch('b', false).isOn.value).toBe(false)
  rememberedSwitch('a', true).setOn(false)
  rememberedSwitch('b', false).setOn(true)
  expect(rememberedSwitch('a', true).isOn.value).toBe(false)
  expect(rememberedSwitch('b', false).isOn.value).toBe(true)
})

it('works for this visit where nothing can be stored', () => {
  vi.stubGlobal('localStorage', { getItem: () => { throw new Error('off') }, setItem: () => { throw new Error('off') } })
  const reading = rememberedSwitch('a', false)
  reading.setOn(true)
  expect(reading.isOn.value).toBe(true)
})
