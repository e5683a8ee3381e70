/** The microphone opened in the sound check, carried over into the room so that nobody is asked twice. */

import { stopStream } from './microphone'

const DEVICE = 'coach.microphone'

let held: MediaStream | null = null

export function holdMicrophone(stream: MediaStream): void {
  if (held !== stream) stopStream(held)
  held = stream
}

/** Hand the held stream to its next owner, who stops it. */
export function takeMicrophone(): MediaStream | null {
  const stream = held
  held = null
  return stream?.getAudioTracks().some((track) => track.readyState === 'live') ? stream : null
}

/** The device chosen last in this tab. */
export function chosenDevice(): string | null {
  return sessionStorage.getItem(DEVICE)
}

export function chooseDevice(deviceId: string): void {
  sessionStorage.setItem(DEVICE, deviceId)
}
