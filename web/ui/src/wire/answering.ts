/** Whether the server answers: what the page's own requests tell of it and, where they stay silent, a probe. */

import { ref } from 'vue'

/** `quiet`: just asked; `starting`: no answer yet since the page was opened; `silent`: nothing gets through. */
export type Answering = 'quiet' | 'starting' | 'silent' | 'there'

/** Nobody notices less, and a page that comes at once should not announce that it is coming. */
export const SHOWN_AFTER_MS = 600
/** Longer than a slow answer of a server that is there usually takes. */
export const PROBED_AFTER_MS = 8_000
export const AGAIN_AFTER_MS = 2_500

export class AnswerWatch {
  readonly state = ref<Answering>('quiet')
  /** Grows when a server that never answered is there after all: what it was asked must be asked again. */
  readonly round = ref(0)
  private answers = 0
  private pending = 0
  private shown: ReturnType<typeof setTimeout> | undefined
  private probed: ReturnType<typeof setTimeout> | undefined

  /** `probe`: whether the server answers a request that takes it no time. */
  constructor(private readonly probe: () => Promise<boolean>) {}

  asked(): void {
    this.pending += 1
    if (this.pending === 1) this.watch()
  }

  answered(): void {
    // What was asked while nothing got through is lost, though this came.
    if (this.answers === 0 && this.state.value === 'silent') this.round.value += 1
    this.answers += 1
    this.pending -= 1
    this.state.value = 'there'
    this.watch()
  }

  /** Nothing got through. Once the server was there, the page that asked says so itself, beside what it shows. */
  lost(): void {
    this.pending -= 1
    if (this.answers === 0) this.state.value = 'silent'
    if (this.answers === 0 || this.pending === 0) this.watch()
  }

  /** Whoever asked no longer wants to know. */
  dropped(): void {
    this.pending -= 1
    if (this.pending === 0) this.watch()
  }

  /** Whether the server is there, where something other than a request of the page did not come. */
  async confirm(): Promise<boolean> {
    const isThere = await this.probe()
    if (!isThere) {
      this.state.value = 'silent'
      this.watch()
    }
    return isThere
  }

  private watch(): void {
    clearTimeout(this.shown)
    clearTimeout(this.probed)
    if (this.state.value === 'silent') return this.checkAfter(AGAIN_AFTER_MS)
    if (this.pending === 0) return
    if (this.state.value === 'quiet') this.shown = setTimeout(() => (this.state.value = 'starting'), SHOWN_AFTER_MS)
    this.checkAfter(PROBED_AFTER_MS)
  }

  private checkAfter(ms: number): void {
    clearTimeout(this.probed)
    this.probed = setTimeout(() => void this.check(), ms)
  }

  private async check(): Promise<void> {
    const before = this.answers
    const isThere = await this.probe()
    if (this.answers > before) return
    clearTimeout(this.shown)
    if (!isThere) {
      this.state.value = 'silent'
    } else if (this.state.value === 'silent') {
      this.state.value = before > 0 ? 'there' : 'starting'
      if (before === 0) this.round.value += 1
    }
    this.watch()
  }
}

/** Longest time a server that is there takes to say so. */
const PROBE_TIMEOUT_MS = 5_000

/** What stands before the server answers for one that is not there. */
export function isGatewayError(status: number): boolean {
  return status === 502 || status === 504
}

async function probe(): Promise<boolean> {
  try {
    return !isGatewayError((await fetch('/api/status', { signal: AbortSignal.timeout(PROBE_TIMEOUT_MS) })).status)
  } catch {
    return false
  }
}

export const answers = new AnswerWatch(probe)
