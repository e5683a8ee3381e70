/** How long to wait before the next try to reconnect. */

const FIRST_MS = 400
const LONGEST_MS = 5_000

/** Doubling delay with up to a quarter of jitter, so that many pages do not come back in the same instant. */
export function backoffMs(attempt: number, random: () => number = Math.random): number {
  const delay = Math.min(LONGEST_MS, FIRST_MS * 2 ** Math.max(0, attempt))
  return Math.round(delay * (0.75 + 0.25 * random()))
}
