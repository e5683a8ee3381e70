/** Requests of the history, the comparison and the next step. */

import type { NextStep } from '../generated/api'
import { read } from './http'

export type { NextStep }

/** The one thing to do next in a language; null where there is nothing to offer. */
export const fetchNext = (locale: string): Promise<NextStep | null> =>
  read(`/next?locale=${encodeURIComponent(locale)}`)
