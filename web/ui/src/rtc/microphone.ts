/** Getting the microphone, and saying in one word why it could not be had. */

import type { Command } from '../wire/types'

/** `system`: the operating system keeps it from the browser, whatever is allowed in the page. */
export type MicrophoneProblem = 'refused' | 'system' | 'missing' | 'busy' | 'insecure' | 'unknown'

export class MicrophoneError extends Error {
  constructor(readonly problem: MicrophoneProblem) {
    super(problem)
  }
}

const PROBLEMS: { [name: string]: MicrophoneProblem } = {
  NotAllowedError: 'refused',
  SecurityError: 'refused',
  NotFoundError: 'missing',
  OverconstrainedError: 'missing',
  NotReadableError: 'busy',
  AbortError: 'busy',
}

export function problemOf(error: unknown): MicrophoneProblem {
  if (error instanceof DOMException && error.name === 'NotAllowedError' && /system/i.test(error.message)) return 'system'
  return (error instanceof DOMException && PROBLEMS[error.name]) || 'unknown'
}

/** Viewers' voices come from the loudspeaker, so the browser's echo canceller has to stay on. */
function constraints(deviceId: string | null): MediaStreamConstraints {
  return {
    audio: {
      echoCancellation: true,
      noiseSuppression: true,
      autoGainControl: true,
      channelCount: { ideal: 1 },
      ...(deviceId ? { deviceId: { exact: deviceId } } : {}),
    },
  }
}

/**
 * Open the microphone. A device that is no longer there is replaced by the system's default one.
 *
 * @throws MicrophoneError with the reason.
 */
export async function openMicrophone(deviceId: string | null = null): Promise<MediaStream> {
  // Browsers hide media devices from pages that came over plain HTTP from another machine.
  if (!navigator.mediaDevices?.getUserMedia) throw new MicrophoneError('insecure')
  try {
    return await navigator.mediaDevices.getUserMedia(constraints(deviceId))
  } catch (error) {
    const problem = problemOf(error)
    if (deviceId !== null && problem === 'missing') return openMicrophone(null)
    throw new MicrophoneError(problem)
  }
}

/** The same device without any processing, to measure what is really there; null where a browser gives it only once. */
export async function openUnprocessed(deviceId: string): Promise<MediaStream | null> {
  const none = { echoCancellation: false, noiseSuppression: false, autoGainControl: false }
  const audio = { ...none, ...(deviceId ? { deviceId: { exact: deviceId } } : {}) }
  return navigator.mediaDevices.getUserMedia({ audio }).catch(() => null)
}

/** Whether the browser takes what it plays out of this microphone; null where it does not say. */
export function cancelsEcho(stream: MediaStream): boolean | null {
  // Newer browsers answer with a word (`all`, `remote-only`) instead of true: both take the viewers' voices out.
  const setting: unknown = stream.getAudioTracks()[0]?.getSettings().echoCancellation
  return setting === undefined ? null : setting !== false
}

/** What to tell the room about this microphone: which one, and what the browser does to its sound. */
export function microphoneUsed(stream: MediaStream): Command & { type: 'microphone' } {
  const track = stream.getAudioTracks()[0]
  const settings: MediaTrackSettings = track?.getSettings() ?? {}
  return {
    type: 'microphone',
    device: track ? [settings.deviceId, settings.groupId, track.label].join('|').slice(0, 1000) : '',
    echo_cancellation: cancelsEcho(stream),
    noise_suppression: settings.noiseSuppression ?? null,
    auto_gain_control: settings.autoGainControl ?? null,
  }
}

/** Whether the microphone can be opened without a question to the user. */
export async function isMicrophoneAllowed(): Promise<boolean> {
  const name = 'microphone' as PermissionName
  const permission = await navigator.permissions?.query({ name }).catch(() => null)
  return permission?.state === 'granted'
}

export async function listMicrophones(): Promise<MediaDeviceInfo[]> {
  const devices = (await navigator.mediaDevices?.enumerateDevices()) ?? []
  return devices.filter((device) => device.kind === 'audioinput' && device.deviceId !== '')
}

export function stopStream(stream: MediaStream | null): void {
  for (const track of stream?.getTracks() ?? []) track.stop()
}
