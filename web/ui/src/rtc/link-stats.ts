/** What the browser measures on the way to the room, in the few figures that people ask for. */

export interface LinkStats {
  /** There and back, ms. */
  roundTripMs: number | null
  /** How unevenly the viewers' sound arrives, ms. */
  jitterMs: number | null
  /** How long it waits here to be played evenly, ms. */
  bufferMs: number | null
  /** Share of the viewers' packets that never came, 0 to 1. */
  lost: number | null
}

type Entry = { readonly [name: string]: unknown }

function amount(entry: Entry | undefined, name: string): number | null {
  const value = entry?.[name]
  return typeof value === 'number' && Number.isFinite(value) ? value : null
}

function ratio(part: number | null, whole: number | null): number | null {
  return part === null || whole === null || whole <= 0 ? null : part / whole
}

const toMs = (seconds: number | null): number | null => (seconds === null ? null : seconds * 1000)

/** Read a report of `getStats`: the path in use and the viewers' sound. */
export function linkStats(report: Iterable<Entry>): LinkStats {
  const entries = [...report]
  const path = entries.find((entry) => entry.type === 'candidate-pair' && entry.nominated && entry.state === 'succeeded')
  const sound = entries.find((entry) => entry.type === 'inbound-rtp' && entry.kind === 'audio')
  const lost = amount(sound, 'packetsLost')
  const received = amount(sound, 'packetsReceived')
  return {
    roundTripMs: toMs(amount(path, 'currentRoundTripTime')),
    jitterMs: toMs(amount(sound, 'jitter')),
    bufferMs: toMs(ratio(amount(sound, 'jitterBufferDelay'), amount(sound, 'jitterBufferEmittedCount'))),
    // A late packet may be counted twice by the browser; fewer than none were never lost.
    lost: lost === null || received === null ? null : ratio(Math.max(0, lost), Math.max(0, lost) + received),
  }
}
