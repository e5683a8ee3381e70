import { effectScope, nextTick } from 'vue'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { joined, join } from '../authoring/diff'
import type { ScenarioFile } from '../wire/editor'
import { useEditor, type Editor } from './use-editor'

/** A server with one scenario, as the real one answers. */
class Server {
  versions = ['id: x\na: 1\nb: 1\nc: 1\n']
  published: number | null = null
  checks: string[] = []

  file(): ScenarioFile {
    const saved = this.versions.length
    const versions = this.versions.map((_text, at) => ({ number: at + 1, author: '', saved_at: '', note: '' })).reverse()
    return { id: 'x', origin: 'own', state: 'draft', text: this.versions[saved - 1] ?? '', saved, published: this.published, versions }
  }

  answer = async (input: RequestInfo | URL, init: RequestInit = {}): Promise<Response> => {
    const body = init.body ? (JSON.parse(String(init.body)) as { text: string; base: number; version: number }) : { text: '', base: 0, version: 0 }
    if (String(input).endsWith('/check')) {
      this.checks.push(body.text)
      return Response.json({ id: 'x', loads: true, findings: [], plan: null })
    }
    if (String(input).endsWith('/published')) this.published = body.version
    else if (init.method === 'PUT' && body.base !== this.versions.length)
      return Response.json({ detail: { code: 'conflict', message: { zh: '冲突', en: 'conflict' } } }, { status: 409 })
    else if (init.method === 'PUT') this.versions.push(body.text)
    return Response.json(this.file())
  }
}

let server: Server
let editor: Editor
const scope = effectScope()

beforeEach(async () => {
  vi.useFakeTimers()
  server = new Server()
  vi.stubGlobal('fetch', server.answer)
  editor = scope.run(useEditor) as Editor
  await editor.load('x')
})
afterEach(() => {
  vi.useRealTimers()
  vi.unstubAllGlobals()
})

describe('saving', () => {
  it('puts a version on top of the one it was made from', async () => {
    editor.text.value += 'd: 1\n'
    expect(editor.isDirty.value).toBe(true)
    expect(await editor.save()).toBe(true)
    expect(editor.file.value?.saved).toBe(2)
    expect(editor.isDirty.value).toBe(false)
  })
  it('keeps what was typed while it went on', async () => {
    editor.text.value = 'id: x\nfirst\n'
    const saving = editor.save()
    editor.text.value = 'id: x\nfirst\nsecond\n'
    await saving
    expect(server.versions[1]).toBe('id: x\nfirst\n')
    expect(editor.text.value).toContain('second')
    expect(editor.isDirty.value).toBe(true)
  })
  it('keeps the line ends of the file', async () => {
    server.versions = ['id: x\r\na: 1\r\n']
    await editor.load('x')
    expect(editor.text.value).toBe('id: x\na: 1\n')
    editor.text.value = 'id: x\na: 2\n'
    await editor.save()
    expect(server.versions[1]).toBe('id: x\r\na: 2\r\n')
  })
  it('meets what another has saved, and joins both knowingly', async () => {
    server.versions.push('id: x\na: 1\nb: 1\nc: theirs\n')
    editor.text.value = 'id: x\na: mine\nb: 1\nc: 1\n'
    expect(await editor.save()).toBe(false)
    const met = editor.conflict.value
    expect(met?.theirs.saved).toBe(2)
    expect(editor.text.value).toContain('mine')
    editor.text.value = joined(join(met?.base ?? '', editor.text.value, met?.theirs.text ?? ''), () => 'mine')
    expect(await editor.save(met?.theirs.saved)).toBe(true)
    expect(server.versions[2]).toBe('id: x\na: mine\nb: 1\nc: theirs\n')
    expect(editor.conflict.value).toBeNull()
  })
})

it('asks the linter once typing rests, about the text as it then is', async () => {
  await vi.runAllTimersAsync()
  server.checks = []
  for (const letter of ['a', 'ab', 'abc']) {
    editor.text.value = letter
    await nextTick()
    vi.advanceTimersByTime(100)
  }
  expect(editor.isCheckedNow.value).toBe(false)
  await vi.runAllTimersAsync()
  expect(server.checks).toEqual(['abc'])
  expect(editor.isCheckedNow.value).toBe(true)
})

it('publishes the newest version, and keeps the text at hand', async () => {
  editor.text.value += '# not saved\n'
  await editor.publish()
  expect(server.published).toBe(1)
  expect(editor.text.value).toContain('# not saved')
})
