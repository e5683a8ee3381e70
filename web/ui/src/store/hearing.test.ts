import { expect, it } from 'vitest'
import type { EngineStatus } from '../wire/types'
import { hearingNote } from './hearing'

function recognizer(ready: boolean, note: string): EngineStatus {
  return { port: 'recognizer', name: 'r', ready, note: { zh: note, en: note }, arriving: false }
}

const voice: EngineStatus = { port: 'synthesizer', name: 's', ready: false, note: { zh: 'v', en: 'v' }, arriving: false }

it.each([
  ['English where English is ready', [recognizer(true, 'e'), recognizer(false, 'z'), voice], 'en-US', null],
  ['Chinese where only English is ready', [recognizer(true, 'e'), recognizer(false, 'z')], 'zh-CN', 'z'],
  ['Chinese where all is ready', [recognizer(true, 'e'), voice], 'zh-CN', null],
  ['English where nothing is ready', [recognizer(false, 'none'), recognizer(false, 'z')], 'en-US', 'none'],
  ['a status that did not come', [], 'zh-CN', null],
])('tells before a rehearsal by voice: %s', (_name, engines, locale, expected) => {
  expect(hearingNote(engines, locale)?.en ?? null).toBe(expected)
})
