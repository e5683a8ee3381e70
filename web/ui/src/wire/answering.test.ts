import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { AGAIN_AFTER_MS, AnswerWatch, PROBED_AFTER_MS, SHOWN_AFTER_MS } from './answering'

let isThere = true
let watch: AnswerWatch

const later = (ms: number): Promise<unknown> => vi.advanceTimersByTimeAsync(ms)

beforeEach(() => {
  vi.useFakeTimers()
  isThere = true
  watch = new AnswerWatch(() => Promise.resolve(isThere))
})
afterEach(() => vi.useRealTimers())

describe('a server that has not answered yet', () => {
  it('is not spoken of where it answers at once', async () => {
    watch.asked()
    await later(SHOWN_AFTER_MS - 1)
    watch.answered()
    await later(PROBED_AFTER_MS * 2)
    expect(watch.state.value).toBe('there')
  })

  it('is starting, for as long as it says that it is there', async () => {
    watch.asked()
    await later(SHOWN_AFTER_MS)
    expect(watch.state.value).toBe('starting')
    await later(PROBED_AFTER_MS * 3)
    expect(watch.state.value).toBe('starting')
    watch.answered()
    expect([watch.state.value, watch.round.value]).toEqual(['there', 0])
  })

  it('is silent once the probe is silent too, and is asked again when it comes', async () => {
    isThere = false
    watch.asked()
    await later(PROBED_AFTER_MS)
    expect(watch.state.value).toBe('silent')
    await later(AGAIN_AFTER_MS * 4)
    expect([watch.state.value, watch.round.value]).toEqual(['silent', 0])
    isThere = true
    await later(AGAIN_AFTER_MS)
    expect([watch.state.value, watch.round.value]).toEqual(['starting', 1])
    watch.asked()
    watch.answered()
    expect(watch.state.value).toBe('there')
  })

  it('is silent at once where nothing gets through', async () => {
    isThere = false
    watch.asked()
    watch.lost()
    expect(watch.state.value).toBe('silent')
    isThere = true
    await later(AGAIN_AFTER_MS)
    expect([watch.state.value, watch.round.value]).toEqual(['starting', 1])
  })

  it('is asked again for what was lost where something else gets through first', () => {
    isThere = false
    watch.asked()
    watch.lost()
    watch.asked()
    watch.answered()
    expect([watch.state.value, watch.round.value]).toEqual(['there', 1])
  })
})

describe('a server that has answered', () => {
  beforeEach(() => {
    watch.asked()
    watch.answered()
  })

  it('is slow with something, not silent', async () => {
    watch.asked()
    await later(PROBED_AFTER_MS * 3)
    expect(watch.state.value).toBe('there')
  })

  it('is silent when it stops answering, and nothing of the page is thrown away', async () => {
    isThere = false
    watch.asked()
    await later(PROBED_AFTER_MS)
    expect(watch.state.value).toBe('silent')
    isThere = true
    await later(AGAIN_AFTER_MS)
    expect([watch.state.value, watch.round.value]).toEqual(['there', 0])
  })

  it('leaves a request that failed to the page that asked', async () => {
    isThere = false
    watch.asked()
    watch.lost()
    await later(PROBED_AFTER_MS * 2)
    expect(watch.state.value).toBe('there')
  })

  it('is silent where a part of the page does not come, until it is back', async () => {
    expect(await watch.confirm()).toBe(true)
    isThere = false
    expect(await watch.confirm()).toBe(false)
    expect(watch.state.value).toBe('silent')
    isThere = true
    await later(AGAIN_AFTER_MS)
    expect([watch.state.value, watch.round.value]).toEqual(['there', 0])
  })

  it('is not asked about what nobody wants to know any more', async () => {
    isThere = false
    watch.asked()
    watch.dropped()
    await later(PROBED_AFTER_MS * 2)
    expect(watch.state.value).toBe('there')
  })
})
