/** Why a scorecard has no scores. Pure. */

import type { Scorecard, Text } from '../wire/types'

/** The one reason that keeps every score from being measured, if it is one; said once, it need not stand at each. */
export function sharedReason(card: Scorecard): Text | null {
  const reasons = card.scores.map((score) => (score.value === null ? score.not_measured : null))
  const first = reasons[0] ?? null
  return first && reasons.every((reason) => reason?.en === first.en) ? first : null
}

/** What remains to be said of that reason where the sentence at the top of the card does not say it already. */
export function untoldReason(card: Scorecard): Text | null {
  const shared = sharedReason(card)
  return shared && shared.en !== card.summary.en ? shared : null
}
