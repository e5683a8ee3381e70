/** Requests of the start page, the sound check and the page on what is kept. */

import type { HearingChecked, HearingSentence, Privacy } from '../generated/wire'
import { read, request } from './http'

export type { HearingChecked, HearingSentence, Privacy }

const path = (scenarioId: string): string => `/scenarios/${encodeURIComponent(scenarioId)}/hearing-check`

/** What to say to the recogniser, and whether there is one. */
export const fetchHearingSentence = (scenarioId: string): Promise<HearingSentence> => read(path(scenarioId))

/** Let the room's recogniser hear a recording (WAV). It is not kept. */
export async function checkHearing(scenarioId: string, wav: ArrayBuffer): Promise<HearingChecked> {
  const response = await request(path(scenarioId), {
    method: 'POST',
    headers: { 'Content-Type': 'audio/wav' },
    body: wav,
  })
  return (await response.json()) as HearingChecked
}

export const fetchPrivacy = (): Promise<Privacy> => read('/privacy')
