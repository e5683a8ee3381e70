import { afterEach, describe, expect, it, vi } from 'vitest'
import { useMarks } from './use-marks'

function answer(marks: object, status = 200) {
  const fetched = vi.fn((_path: string, _init?: RequestInit) =>
    Promise.resolve(new Response(JSON.stringify(status === 200 ? { marks } : { detail: { code: 'storage' } }), { status })),
  )
  vi.stubGlobal('fetch', fetched)
  return fetched
}

describe('marks of findings', () => {
  afterEach(() => vi.unstubAllGlobals())

  it('show at once and are what the server then keeps', async () => {
    const fetched = answer({ 'a.b': 'wrong', c: 'useful' })
    const { marks, toggle } = useMarks('r1', { c: 'useful' })
    const done = toggle('a.b', 'wrong')
    expect(marks.value).toEqual({ c: 'useful', 'a.b': 'wrong' })
    await done
    expect(fetched.mock.calls[0]?.[0]).toBe('/api/rehearsals/r1/findings/a.b/feedback')
    expect(fetched.mock.calls[0]?.[1]?.body).toBe('{"mark":"wrong"}')
    expect(marks.value).toEqual({ 'a.b': 'wrong', c: 'useful' })
  })

  it('are taken away by the same button', async () => {
    const fetched = answer({})
    const { marks, toggle } = useMarks('r1', { c: 'useful' })
    await toggle('c', 'useful')
    expect(fetched.mock.calls[0]?.[1]?.body).toBe('{"mark":null}')
    expect(marks.value).toEqual({})
  })

  it('go back to what they were where they could not be kept', async () => {
    answer({}, 507)
    const { marks, problem, toggle } = useMarks('r1', { c: 'useful' })
    await toggle('c', 'wrong')
    expect(marks.value).toEqual({ c: 'useful' })
    expect(problem.value).not.toBeNull()
  })
})
