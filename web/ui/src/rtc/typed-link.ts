/** The room without microphone: commands by HTTP, records by long poll. */

import { ApiError, pollRecords, sendCommand } from '../wire/http'
import type { Command } from '../wire/types'
import { backoffMs } from './backoff'
import type { Link, LinkEvents } from './link'

const WAIT_SEC = 20

export class TypedLink implements Link {
  readonly #abort = new AbortController()
  #attempt = 0
  #isFirst = true
  /** Commands that have not arrived yet, in order: one that got lost on the way is sent again before the next. */
  readonly #waiting: Command[] = []
  #isSending = false

  constructor(
    private readonly rehearsalId: string,
    private readonly events: LinkEvents,
  ) {}

  start(): void {
    this.events.onState('connecting')
    void this.#follow()
    this.send({ type: 'ping', t: performance.now() })
  }

  send(command: Command): void {
    // A ping says nothing that must arrive, and nothing must wait for it.
    if (command.type === 'ping') return void this.#arrives(command)
    this.#waiting.push(command)
    void this.#deliver()
  }

  /** Several pages may read and type at once; there is nothing to take over. */
  takeOver(): void {
    this.events.onState('connected')
  }

  stats(): Promise<null> {
    return Promise.resolve(null)
  }

  close(): void {
    this.#abort.abort()
  }

  async #deliver(): Promise<void> {
    if (this.#isSending) return
    this.#isSending = true
    let tries = 0
    for (let next = this.#waiting[0]; next && !this.#abort.signal.aborted; next = this.#waiting[0]) {
      if (await this.#arrives(next)) {
        this.#waiting.shift()
        if (tries > 0) this.events.onState('connected')
        tries = 0
      } else {
        await new Promise((resolve) => setTimeout(resolve, backoffMs(tries)))
        tries += 1
      }
    }
    this.#isSending = false
  }

  /** Send a command; false where no answer came, and it is to be sent again. */
  async #arrives(command: Command): Promise<boolean> {
    try {
      const answer = await sendCommand(this.rehearsalId, command)
      this.events.onTime(answer.at, null)
    } catch (error) {
      if (this.#abort.signal.aborted) return false
      if (error instanceof ApiError && error.status === 0) {
        this.events.onState('reconnecting')
        return false
      }
      this.#refused(error)
    }
    return true
  }

  #refused(error: unknown): void {
    if (!(error instanceof ApiError) || error.status === 410) return
    const message = error.text ?? { zh: '没有送达，请再试一次。', en: 'That did not get through. Please try again.' }
    this.events.onRefused({ type: 'error', code: error.code, message })
  }

  async #follow(): Promise<void> {
    while (!this.#abort.signal.aborted) {
      try {
        if (await this.#poll()) return this.events.onState('gone')
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
    this.events.onState('connected')
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
      this.events.onState('gone')
      return false
    }
    this.events.onState('reconnecting')
    await new Promise((resolve) => setTimeout(resolve, backoffMs(this.#attempt)))
    this.#attempt += 1
    return true
  }
}
