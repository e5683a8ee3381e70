/** Where components of the room find the streamer's level. */

import type { InjectionKey, Ref } from 'vue'

/** Smoothed level of the own microphone, dBFS. */
export const LEVEL: InjectionKey<Ref<number>> = Symbol('own level')
