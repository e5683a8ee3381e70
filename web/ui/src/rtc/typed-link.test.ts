import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { Command } from '../wire/types'
import type { LinkState } from './link'
import { TypedLink } from './typed-link'

/** A room that can be cut off; what reaches it is kept. */
class Room {
  isThere = true
  /** Whether it leaves pings without an answer. */
  isSlow = false
  taken: string[] = []
  refuses: Response | null = null

  answer = async (input: RequestInfo | URL, init: RequestInit = {}): Promise<Response> => {
    if (!this.isThere) throw new TypeError('Failed to fetch')
    if (!String(input).endsWith('/commands')) return new Promise(() => undefined)
    if (this.refuses) return this.refuses
    const command = JSON.parse(String(init.body)) as Command
    if (this.isSlow && command.type === 'ping') return new Promise(() => undefined)
    this.taken.push(command.type === 'say' ? command.text : command.type)
    return Response.json({ type: 'taken', at: 1 })
  }
}

let room: Room
let link: TypedLink
let states: LinkState[]
let refusals: string[]

beforeEach(() => {
  vi.useFakeTimers()
  room = new Room()
  states = []
  refusals = []
  vi.stubGlobal('fetch', room.answer)
  link = new TypedLink('r', {
    onRecord: () => undefined,
    onState: (state) => states.push(state),
    onTime: () => undefined,
    onRefused: (refused) => refusals.push(refused.code),
    nextSeq: () => 0,
  })
})
afterEach(() => {
  link.close()
  vi.useRealTimers()
  vi.unstubAllGlobals()
})

const passed = (ms: number): Promise<unknown> => vi.advanceTimersByTimeAsync(ms)

describe('what is typed while the network is away', () => {
  it('arrives once it is back, in the order it was typed', async () => {
    room.isThere = false
    link.send({ type: 'say', text: 'first' })
    await passed(100)
    link.send({ type: 'say', text: 'second' })
    await passed(3_000)
    expect([room.taken, states.at(-1), refusals]).toEqual([[], 'reconnecting', []])
    room.isThere = true
    await passed(6_000)
    expect([room.taken, states.at(-1)]).toEqual([['first', 'second'], 'connected'])
  })

  it('waits for no ping', async () => {
    room.isSlow = true
    link.start()
    link.send({ type: 'say', text: 'at once' })
    await passed(10)
    expect(room.taken).toEqual(['at once'])
  })

  it('is not sent by a page that was left', async () => {
    room.isThere = false
    link.send({ type: 'say', text: 'late' })
    await passed(100)
    link.close()
    room.isThere = true
    await passed(10_000)
    expect(room.taken).toEqual([])
  })
})

it('tells a refusal and goes on with the next', async () => {
  room.refuses = Response.json({ detail: { code: 'not_begun', message: { zh: '还没开始', en: 'Not yet' } } }, { status: 409 })
  link.send({ type: 'pause' })
  await passed(10)
  room.refuses = null
  link.send({ type: 'say', text: 'hello' })
  await passed(10)
  expect([refusals, room.taken]).toEqual([['not_begun'], ['hello']])
})
