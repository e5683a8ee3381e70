/** The browser's own speech recognition: its words go to the room, which decides when an utterance ends. */

export interface SpeechResult {
  readonly isFinal: boolean
  readonly 0: { readonly transcript: string } | undefined
}

export interface SpeechResultEvent {
  readonly resultIndex: number
  readonly results: { readonly length: number; readonly [index: number]: SpeechResult | undefined }
}

/** What this page uses of the Web Speech API, whose types no browser library carries yet. */
export interface SpeechEngine {
  lang: string
  continuous: boolean
  interimResults: boolean
  maxAlternatives: number
  onresult: ((event: SpeechResultEvent) => void) | null
  onerror: ((event: { readonly error: string }) => void) | null
  onend: (() => void) | null
  start(): void
  abort(): void
}

type SpeechEngineClass = new () => SpeechEngine

export type SpeechProblem = 'refused' | 'language' | 'network' | 'unknown'

/** Errors after which there is no use in starting again. Silence (`no-speech`) and `aborted` are none. */
const PROBLEMS: { [error: string]: SpeechProblem } = {
  'not-allowed': 'refused',
  'service-not-allowed': 'refused',
  'language-not-supported': 'language',
  network: 'network',
  'audio-capture': 'unknown',
}
const HARMLESS = new Set(['no-speech', 'aborted'])
/** Browsers end recognition after a while of their own; it is begun again, not faster than this. */
const AGAIN_MS = 250

export function speechEngineClass(): SpeechEngineClass | null {
  const found = window as unknown as { SpeechRecognition?: SpeechEngineClass; webkitSpeechRecognition?: SpeechEngineClass }
  return found.SpeechRecognition ?? found.webkitSpeechRecognition ?? null
}

export interface PageSpeechEvents {
  /** All words of result number `result`, new or grown. */
  onWords(result: number, text: string, isFinal: boolean): void
  /** Recognition has stopped for good. */
  onProblem(problem: SpeechProblem): void
}

export class PageSpeech {
  #engine: SpeechEngine | null = null
  /** Number of the first result: counts on where the browser begins again at 0. */
  #before: number
  #seen = 0
  #retry: ReturnType<typeof setTimeout> | undefined

  constructor(
    private readonly make: SpeechEngineClass,
    private readonly language: string,
    private readonly events: PageSpeechEvents,
    first = 0,
  ) {
    this.#before = first
  }

  get isRunning(): boolean {
    return this.#engine !== null || this.#retry !== undefined
  }

  start(): void {
    if (this.isRunning) return
    this.#begin()
  }

  stop(): void {
    clearTimeout(this.#retry)
    this.#retry = undefined
    const engine = this.#engine
    this.#release()
    engine?.abort()
  }

  #begin(): void {
    this.#retry = undefined
    const engine = new this.make()
    engine.lang = this.language
    engine.continuous = true
    engine.interimResults = true
    engine.maxAlternatives = 1
    engine.onresult = (event) => this.#take(event)
    engine.onerror = (event) => this.#failed(event.error)
    engine.onend = () => this.#ended()
    this.#engine = engine
    this.#before += this.#seen
    this.#seen = 0
    engine.start()
  }

  #take(event: SpeechResultEvent): void {
    for (let index = event.resultIndex; index < event.results.length; index += 1) {
      const result = event.results[index]
      this.#seen = Math.max(this.#seen, index + 1)
      const text = result?.[0]?.transcript.trim() ?? ''
      if (result && text) this.events.onWords(this.#before + index, text, result.isFinal)
    }
  }

  #failed(error: string): void {
    if (HARMLESS.has(error)) return
    this.stop()
    this.events.onProblem(PROBLEMS[error] ?? 'unknown')
  }

  #ended(): void {
    if (!this.#engine) return
    this.#release()
    this.#retry = setTimeout(() => this.#begin(), AGAIN_MS)
  }

  #release(): void {
    if (!this.#engine) return
    this.#engine.onresult = this.#engine.onerror = this.#engine.onend = null
    this.#engine = null
  }
}
