import { afterEach, describe, expect, it, vi } from 'vitest'
import { ApiError, createRehearsal, fetchScenarios } from './http'

const order = { scenario: 'en-kettle', difficulty: 2, exposure: 'full', intensity: 2, consent: false, exam: false, input: 'voice', words: 'engine' } as const

/** Stand in for the network: one fixed answer. */
function answer(body: BodyInit | null, init: ResponseInit): void {
  vi.stubGlobal('fetch', () => Promise.resolve(new Response(body, init)))
}

async function failureOf(request: Promise<unknown>): Promise<ApiError> {
  return request.then(
    () => Promise.reject(new Error('expected a failure')),
    (error: unknown) => error as ApiError,
  )
}

afterEach(() => vi.unstubAllGlobals())

describe('a refused request', () => {
  it('carries the sentence of the server in both languages', async () => {
    answer(JSON.stringify({ detail: { code: 'other_tab', message: { zh: '已打开', en: 'Open elsewhere' } } }), { status: 409 })
    const error = await failureOf(createRehearsal(order))
    expect(error).toMatchObject({ status: 409, code: 'other_tab', text: { zh: '已打开', en: 'Open elsewhere' } })
  })

  it('says when to come back to a full room', async () => {
    answer('{"detail": {"code": "room_full"}}', { status: 503, headers: { 'Retry-After': '30' } })
    expect(await failureOf(createRehearsal(order))).toMatchObject({ code: 'room_full', retryAfterSec: 30, text: null })
  })

  it('survives an answer that is no JSON', async () => {
    answer('<h1>Bad gateway</h1>', { status: 502 })
    expect(await failureOf(fetchScenarios())).toMatchObject({ status: 502, code: 'http_502', text: null })
  })

  it('survives validation details that are a list', async () => {
    answer('{"detail": [{"loc": ["body"], "msg": "wrong"}]}', { status: 422 })
    expect(await failureOf(createRehearsal(order))).toMatchObject({ status: 422, code: 'http_422' })
  })
})

it('tells a server that does not answer from one that refuses', async () => {
  vi.stubGlobal('fetch', () => Promise.reject(new TypeError('failed to fetch')))
  expect(await failureOf(fetchScenarios())).toMatchObject({ status: 0, code: 'unreachable' })
})
