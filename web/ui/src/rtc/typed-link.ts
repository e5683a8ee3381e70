/** The room without microphone: commands by HTTP, records by long poll. */

import { ApiError, pollRecords, sendCommand } from '../wire/http'
import type { Command, Taken } from '../wire/types'
import { backoffMs } from './backoff'
import type { Link, LinkEvents, LinkState } from './link'
import { randomId } from './random-id'

const WAIT_SEC = 20
/**
 * What is sent at once, past the lines that wait. While one of these is on its way, a newer one takes its place, unless
 * that is the weaker: a room that is about to be stopped need not be paused.
 */
const STRENGTH: Partial<Record<Command['type'], number>> = { pause: 1, resume: 1, end: 2, stop: 3 }

const strength = (command: Command | null): number => (command && STRENGTH[command.type]) ?? 0

/** A line has an id, so that the server takes it once, however often it is sent. */
const withId = (command: Command): Command => (command.type === 'say' ? { id: randomId(), ...command } : command)

export class TypedLink implements Link {
  readonly #abort = new AbortController()
  #attempt = 0
  #isFirst = true
  /** Commands that have not arrived yet, in order: one that got lost on the way is sent again before the next. */
  readonly #waiting: Command[] = []
  #isSending = false
  /** The pause, resume, end or stop that has not arrived yet. */
  #urgent: Command | null = null
  #state: LinkState = 'connecting'

  constructor(
    private readonly rehearsalId: string,
    private readonly events: LinkEvents,
  ) {}

  start(): void {
    this.#announce('connecting')
    void this.#follow()
    this.send({ type: 'ping', t: performance.now() })
  }

  send(command: Command): void {
    if (this.#abort.signal.aborted) return
    // A ping says nothing that must arrive, and nothing must wait for it.
    if (command.type === 'ping') return void this.#post(command)
    if (strength(command) > 0) return void this.#hurry(command)
    this.#waiting.push(withId(command))
    void this.#deliver()
  }

  /** Several pages may read and type at once; there is nothing to take over. */
  takeOver(): void {
    this.#announce('connected')
  }

  stats(): Promise<null> {
    return Promise.resolve(null)
  }

  close(): void {
    this.#abort.abort()
  }

  /** Tell the page; a link that was closed, or whose room is gone, says nothing more. */
  #announce(state: LinkState): void {
    if (this.#abort.signal.aborted) return
    this.#state = state
    this.events.onState(state)
  }

  async #deliver(): Promise<void> {
    if (this.#isSending) return
    this.#isSending = true
    for (let next = this.#waiting[0]; next && !this.#abort.signal.aborted; next = this.#waiting[0]) {
      const isNext = (): boolean => this.#waiting[0] === next
      await this.#insist(next, isNext)
      if (isNext()) this.#waiting.shift()
    }
    this.#isSending = false
  }

  async #hurry(command: Command): Promise<void> {
    if (strength(command) < strength(this.#urgent)) return
    this.#urgent = command
    const isWanted = (): boolean => this.#urgent === command
    await this.#insist(command, isWanted)
    if (isWanted()) this.#urgent = null
  }

  /** Send a command until the server has answered, or nobody wants it any more. */
  async #insist(command: Command, isWanted: () => boolean): Promise<void> {
    for (let tries = 0; isWanted() && !this.#abort.signal.aborted; tries += 1) {
      const outcome = await this.#post(command)
      if (outcome === 'taken' && this.#state === 'reconnecting') this.#announce('connected')
      if (outcome !== 'lost') return
      if (isWanted()) this.#announce('reconnecting')
      await new Promise((resolve) => setTimeout(resolve, backoffMs(tries)))
    }
  }

  /** Send a command once; `lost` where no answer came, or none that can be read. */
  async #post(command: Command): Promise<'taken' | 'refused' | 'lost'> {
    const answer = await sendCommand(this.rehearsalId, command).catch((error: unknown) => error)
    if (answer instanceof ApiError && answer.status > 0) {
      this.#refused(answer)
      return 'refused'
    }
    if (answer instanceof Error) return 'lost'
    if (!this.#abort.signal.aborted) this.events.onTime((answer as Taken).at, null)
    return 'taken'
  }

  #refused(error: ApiError): void {
    if (this.#abort.signal.aborted) return
    if (error.status === 404) return this.#over()
    // The rehearsal has ended: the poll reads its last records and then says that it is gone.
    if (error.status === 410) return this.#forget()
    const message = error.text ?? { zh: '没有送达，请再试一次。', en: 'That did not get through. Please try again.' }
    this.events.onRefused({ type: 'error', code: error.code, message })
  }

  /** Nothing of what waits is of use any more; what was typed is given back. */
  #forget(): void {
    const lines = this.#waiting.flatMap((command) => (command.type === 'say' ? [command.text] : []))
    if (lines.length > 0) this.events.onUnsent(lines)
    this.#waiting.length = 0
    this.#urgent = null
  }

  /** The room is gone, and stays so: nothing more is sent or asked for. */
  #over(): void {
    this.#forget()
    this.#announce('gone')
    this.#abort.abort()
  }

  async #follow(): Promise<void> {
    while (!this.#abort.signal.aborted) {
      try {
        if (await this.#poll()) return this.#over()
      } catch (error) {
        if (!(await this.#recover(error))) return
      }
    }
  }

  /** One long poll; true when the log is closed and read to its end. */
  async #poll(): Promise<boolean> {
    // The first poll answers at once, so that the page knows without delay that it is connected.
    const wait = this.#isFirst ? 0 : WAIT_SEC
    const answer = await pollRecords(this.rehearsalId, this.events.nextSeq(), wait, this.#abort.signal)
    this.#isFirst = false
    this.#attempt = 0
    this.#announce('connected')
    for (const record of answer.records) {
      this.events.onTime(record.at, null)
      this.events.onRecord(record)
    }
    return answer.closed && answer.records.length === 0
  }

  /** Wait before the next poll; false when there is no use in one. */
  async #recover(error: unknown): Promise<boolean> {
    if (this.#abort.signal.aborted) return false
    if (error instanceof ApiError && (error.status === 404 || error.status === 410)) {
      this.#over()
      return false
    }
    this.#announce('reconnecting')
    await new Promise((resolve) => setTimeout(resolve, backoffMs(this.#attempt)))
    this.#attempt += 1
    return true
  }
}
