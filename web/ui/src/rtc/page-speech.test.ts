import { beforeEach, expect, it, vi } from 'vitest'
import { PageSpeech, type SpeechEngine, type SpeechProblem, type SpeechResult, type SpeechResultEvent } from './page-speech'

/** Stands in for the browser's recognition: each run is one of these. */
class Engine implements SpeechEngine {
  static runs: Engine[] = []
  lang = ''
  continuous = false
  interimResults = false
  maxAlternatives = 0
  onresult: ((event: SpeechResultEvent) => void) | null = null
  onerror: ((event: { readonly error: string }) => void) | null = null
  onend: (() => void) | null = null
  isAborted = false

  constructor() {
    Engine.runs.push(this)
  }

  start(): void {}

  abort(): void {
    this.isAborted = true
    this.onend?.()
  }

  say(index: number, ...texts: string[]): void {
    const results: SpeechResult[] = texts.map((transcript) => ({ isFinal: transcript.endsWith('.'), 0: { transcript } }))
    this.onresult?.({ resultIndex: index, results })
  }
}

let words: [number, string, boolean][]
let problems: SpeechProblem[]
let speech: PageSpeech

beforeEach(() => {
  vi.useFakeTimers()
  Engine.runs = []
  words = []
  problems = []
  speech = new PageSpeech(Engine, 'zh-CN', {
    onWords: (result, text, isFinal) => words.push([result, text, isFinal]),
    onProblem: (problem) => problems.push(problem),
  })
})

function run(index: number): Engine {
  const engine = Engine.runs[index]
  if (!engine) throw new Error(`no run ${index}`)
  return engine
}

it('asks for running guesses in the language of the scenario', () => {
  speech.start()
  speech.start()
  expect(Engine.runs).toHaveLength(1)
  expect([run(0).lang, run(0).continuous, run(0).interimResults]).toEqual(['zh-CN', true, true])
})

it('numbers results from where it is told to, so that a page loaded anew does not repeat numbers', () => {
  const later = new PageSpeech(Engine, 'zh-CN', {
    onWords: (result, text, isFinal) => words.push([result, text, isFinal]),
    onProblem: (problem) => problems.push(problem),
  }, 5000)
  later.start()
  run(0).say(0, 'so this.')
  run(0).onend?.()
  vi.advanceTimersByTime(1000)
  run(1).say(0, 'next.')
  expect(words).toEqual([[5000, 'so this.', true], [5001, 'next.', true]])
  later.stop()
})

it('sends what is new and counts on when the browser begins again', () => {
  speech.start()
  run(0).say(0, 'so ')
  run(0).say(0, 'so this.', 'and')
  run(0).onend?.()
  expect(speech.isRunning).toBe(true)
  vi.advanceTimersByTime(1000)
  run(1).say(0, 'next.')
  expect(words).toEqual([
    [0, 'so', false],
    [0, 'so this.', true],
    [1, 'and', false],
    [2, 'next.', true],
  ])
})

it('goes on after silence and stops for good when it may not listen', () => {
  speech.start()
  run(0).onerror?.({ error: 'no-speech' })
  run(0).onend?.()
  vi.advanceTimersByTime(1000)
  expect(Engine.runs).toHaveLength(2)
  run(1).onerror?.({ error: 'not-allowed' })
  vi.advanceTimersByTime(1000)
  expect([problems, Engine.runs.length, speech.isRunning]).toEqual([['refused'], 2, false])
})

it('hears nothing more once stopped', () => {
  speech.start()
  const late = run(0).onresult
  speech.stop()
  vi.advanceTimersByTime(1000)
  expect([run(0).isAborted, Engine.runs.length, late === null]).toEqual([true, 1, false])
  expect(run(0).onresult).toBeNull()
})
