/** Who said what a scorecard quotes: the streamer's words stand alone, a viewer's and the room's with a name. */

import type { InjectionKey } from 'vue'
import { t } from '../i18n'
import type { Evidence, Scorecard } from '../wire/types'

export type NameSpeaker = (evidence: Evidence) => string

/** Names the speaker of any quote on one scorecard. */
export const SPEAKERS: InjectionKey<NameSpeaker> = Symbol('speakers')

/** Empty for the streamer; "Viewer" where nobody knows which one it was. */
export function speakersOf(card: Pick<Scorecard, 'viewers' | 'handled' | 'pressure'>): NameSpeaker {
  const names = new Map(card.viewers.map((viewer) => [viewer.viewer_id, viewer.name]))
  const lines = new Map([...card.pressure, ...card.handled].map((line) => [line.seq, line.viewer_id]))
  return (evidence) => {
    if (evidence.speaker === 'streamer') return ''
    if (evidence.speaker === 'room') return t('score.theRoom')
    const viewer = evidence.seq === null ? null : (lines.get(evidence.seq) ?? null)
    return (viewer === null ? null : names.get(viewer)) ?? t('score.aViewer')
  }
}
