/** Who sits in the front row. A room may hold hundreds; those one sees keep their seat, so that nobody jumps about. */

import type { RoomViewer } from './room'

export type Seat = string | null

/**
 * Seat viewers anew: who is there stays, free seats go to who was active last, and one who speaks up takes the seat of
 * whoever has been quiet longest.
 */
export function seated(
  before: readonly Seat[],
  viewers: { readonly [id: string]: RoomViewer },
  speakingId: string | null,
  size: number,
): readonly Seat[] {
  const seats = Array.from({ length: size }, (_, index) => {
    const id = before[index] ?? null
    return id !== null && viewers[id] ? id : null
  })
  const standing = Object.values(viewers)
    .filter((viewer) => !seats.includes(viewer.id))
    .sort((one, other) => other.lastAt - one.lastAt)
  for (const viewer of standing.slice(0, size)) {
    const seat = freeSeat(seats, viewers, viewer, speakingId)
    if (seat < 0) break
    seats[seat] = viewer.id
  }
  return isSame(seats, before) ? before : seats
}

function freeSeat(
  seats: readonly Seat[],
  viewers: { readonly [id: string]: RoomViewer },
  guest: RoomViewer,
  speakingId: string | null,
): number {
  const free = seats.indexOf(null)
  if (free >= 0) return free
  const lastAts = seats.map((id) => (id === speakingId ? Infinity : (viewers[id ?? '']?.lastAt ?? 0)))
  const quietest = Math.min(...lastAts)
  return quietest < guest.lastAt ? lastAts.indexOf(quietest) : -1
}

function isSame(seats: readonly Seat[], before: readonly Seat[]): boolean {
  return seats.length === before.length && seats.every((id, index) => id === before[index])
}
