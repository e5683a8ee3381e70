import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { Command } from '../wire/types'
import type { LinkState } from './link'
import { TypedLink } from './typed-link'

const dead = (status: number): Response =>
  Response.json({ detail: { code: 'over', message: { zh: '结束了', en: 'Over' } } }, { status })

const hung = (signal?: AbortSignal | null): Promise<Response> =>
  new Promise((_, reject) => signal?.addEventListener('abort', () => reject(signal.reason as Error)))

/** A room that can be cut off; what reaches it is kept. */
class Room {
  isThere = true
  /** Whether it leaves pings without an answer. */
  isSlow = false
  /** How many commands it leaves without an answer until the page gives up. */
  hangs = 0
  /** How many commands it takes without its answer coming back. */
  losesAnswers = 0
  taken: string[] = []
  /** Ids of the lines it took. */
  ids: unknown[] = []
  /** Answer to every command. */
  refuses: Response | null = null
  /** Status that everything is answered with. */
  closes = 0

  answer = async (input: RequestInfo | URL, init: RequestInit = {}): Promise<Response> => {
    if (!this.isThere) throw new TypeError('Failed to fetch')
    if (this.closes) return dead(this.closes)
    if (!String(input).endsWith('/commands')) return new Promise(() => undefined)
    if (this.refuses) return this.refuses.clone()
    if (this.hangs-- > 0) return hung(init.signal)
    return this.take(JSON.parse(String(init.body)) as Command)
  }

  private async take(command: Command): Promise<Response> {
    if (this.isSlow && command.type === 'ping') return new Promise(() => undefined)
    this.taken.push(command.type === 'say' ? command.text : command.type)
    if (command.type === 'say') this.ids.push(command.id)
    if (this.losesAnswers-- > 0) throw new TypeError('Failed to fetch')
    return Response.json({ type: 'taken', at: 1 })
  }
}

let room: Room
let link: TypedLink
let states: LinkState[]
let refusals: string[]
let unsent: string[]

beforeEach(() => {
  vi.useFakeTimers()
  room = new Room()
  states = []
  refusals = []
  unsent = []
  vi.stubGlobal('fetch', room.answer)
  link = new TypedLink('r', {
    onRecord: () => undefined,
    onState: (state) => states.push(state),
    onTime: () => undefined,
    onRefused: (refused) => refusals.push(refused.code),
    onUnsent: (lines) => unsent.push(...lines),
    nextSeq: () => 0,
  })
})
afterEach(() => {
  link.close()
  vi.useRealTimers()
  vi.unstubAllGlobals()
  vi.restoreAllMocks()
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

describe('a room that is gone', () => {
  it('is not brought back by a line that was waiting', async () => {
    room.isThere = false
    link.start()
    link.send({ type: 'say', text: 'late' })
    await passed(200)
    room.isThere = true
    room.closes = 404
    await passed(20_000)
    expect([states.at(-1), states.includes('connected'), refusals]).toEqual(['gone', false, []])
  })

  it.each([404, 410])('gets nothing of what waits once it has answered %i, and gives it back', async (status) => {
    room.isThere = false
    link.send({ type: 'say', text: 'first' })
    link.send({ type: 'say', text: 'second' })
    await passed(100)
    room.isThere = true
    room.refuses = dead(status)
    await passed(5_000)
    room.refuses = null
    await passed(20_000)
    expect([room.taken, states.includes('connected'), refusals]).toEqual([[], false, []])
    expect(unsent).toEqual(['first', 'second'])
  })

  it('is gone also where only a command was told so', async () => {
    room.refuses = dead(404)
    link.start()
    await passed(100)
    room.refuses = null
    link.send({ type: 'say', text: 'anybody?' })
    await passed(100)
    expect([states.at(-1), room.taken]).toEqual(['gone', []])
  })
})

describe('what cannot wait', () => {
  it.each(['stop', 'pause', 'resume', 'end'] as const)('goes past a line that hangs: %s', async (type) => {
    room.hangs = 1
    link.send({ type: 'say', text: 'hung' })
    link.send({ type })
    await passed(10)
    expect(room.taken).toEqual([type])
  })

  it('is sent again until it arrives', async () => {
    room.isThere = false
    link.send({ type: 'stop' })
    await passed(3_000)
    expect(states.at(-1)).toBe('reconnecting')
    room.isThere = true
    await passed(6_000)
    expect([room.taken, states.at(-1)]).toEqual([['stop'], 'connected'])
  })

  it('gives way to what was asked for later, unless that is less', async () => {
    room.isThere = false
    for (const type of ['pause', 'resume'] as const) link.send({ type })
    await passed(1_000)
    room.isThere = true
    await passed(6_000)
    expect(room.taken).toEqual(['resume'])
    room.isThere = false
    for (const type of ['pause', 'stop', 'end', 'pause'] as const) link.send({ type })
    await passed(1_000)
    room.isThere = true
    await passed(6_000)
    expect(room.taken).toEqual(['resume', 'stop'])
  })
})

it('sends a line again that has had no answer for ten seconds', async () => {
  // The timers of this test are not those of the real `AbortSignal.timeout`.
  vi.spyOn(AbortSignal, 'timeout').mockImplementation((ms) => {
    const abort = new AbortController()
    setTimeout(() => abort.abort(new DOMException('too long', 'TimeoutError')), ms)
    return abort.signal
  })
  room.hangs = 1
  link.send({ type: 'say', text: 'hung' })
  link.send({ type: 'say', text: 'behind it' })
  await passed(9_900)
  expect([room.taken, states]).toEqual([[], []])
  await passed(2_000)
  expect([room.taken, states]).toEqual([['hung', 'behind it'], ['reconnecting', 'connected']])
})

it('sends a line again under its own id, which no other line has', async () => {
  room.losesAnswers = 1
  link.send({ type: 'say', text: 'same' })
  link.send({ type: 'say', text: 'same' })
  await passed(2_000)
  const [first, again, other] = room.ids
  expect([room.ids.length, first, again === first]).toEqual([3, expect.stringMatching(/^[0-9a-f]{32}$/), true])
  expect(other).not.toBe(first)
})
