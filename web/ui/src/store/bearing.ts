/** How a viewer sits in the room. Seen from outside, as a streamer would see it: no meter, no feeling. */

import type { EventOf } from '../wire/types'

export type Bearing = 'here' | 'leaning_in' | 'turned_away' | 'going'

/** A viewer leaves below 10 of 100 (coach/room/viewer.py); from here on it looks for its coat. */
const GOING_BELOW = 22
const TURNED_BELOW = 40
/** From here on hostile lines come (0 to 4). */
const TURNED_FROM = 2
const LEANS_FROM = { trust: 60, patience: 50 }

export function bearingOf(viewer: Pick<EventOf<'viewer_changed'>, 'patience' | 'trust' | 'hostility'>): Bearing {
  if (viewer.patience < GOING_BELOW) return 'going'
  if (viewer.patience < TURNED_BELOW || viewer.hostility >= TURNED_FROM) return 'turned_away'
  return viewer.trust >= LEANS_FROM.trust && viewer.patience >= LEANS_FROM.patience ? 'leaning_in' : 'here'
}
