/** The rehearsal clock as this page can know it: local time plus the best offset seen so far. */

export class RoomClock {
  #offsetSec: number | null = null

  constructor(private readonly nowMs: () => number = () => performance.now()) {}

  /**
   * Learn that the rehearsal stood at least at `at` seconds now. Old records replayed after a reconnect say less than
   * what is known and change nothing.
   */
  observe(at: number): void {
    const offset = at - this.nowMs() / 1000
    if (this.#offsetSec === null || offset > this.#offsetSec) this.#offsetSec = offset
  }

  /** Rehearsal seconds now; 0 before anything was observed. */
  now(): number {
    return this.#offsetSec === null ? 0 : Math.max(0, this.nowMs() / 1000 + this.#offsetSec)
  }
}
