import type { InjectionKey } from 'vue'
import type { useClip } from '../store/use-clip'

/** The one player of the scorecard, for every quote on it. */
export const PLAYER: InjectionKey<ReturnType<typeof useClip>> = Symbol('player')
