/** The room without microphone: commands by HTTP, records by long poll. */

import { ApiError, pollRecords, sendCommand } from '../wire/http'
import type { Command, CommandRefused } from '../wire/types'
import { backoffMs } from './backoff'
import type { Link, LinkEvents } from './link'

const WAIT_SEC = 20

export class TypedLink implements Link {
  readonly #abort = new AbortController()
  #attempt = 0
  #isFirst = true

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
    sendCommand(this.rehearsalId, command).then(
      (answer) => this.events.onTime(answer.at, null),
      (error: unknown) => this.#failed(error),
    )
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

  #failed(error: unknown): void {
    if (!(error instanceof ApiError)) return
    const text = error.text ?? { zh: '没有送达，请再试一次。', en: 'That did not get through. Please try again.' }
    const refused: CommandRefused = { type: 'error', code: error.code, message: text }
    if (error.status !== 410) this.events.onRefused(refused)
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
