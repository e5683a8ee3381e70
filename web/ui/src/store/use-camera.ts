/** The streamer's own picture. It is shown on this page and goes nowhere else: no connection is ever given its track. */

import { onBeforeUnmount, onMounted, ref, shallowRef } from 'vue'
import { problemOf, stopStream, type MicrophoneProblem } from '../rtc/microphone'

const STORED = 'coach.camera'
const WANTED: MediaStreamConstraints = { video: { facingMode: 'user', width: { ideal: 720 }, height: { ideal: 1280 } } }

function remembered(): boolean {
  try {
    return localStorage.getItem(STORED) === 'on'
  } catch {
    return false
  }
}

function remember(on: boolean): void {
  try {
    if (on) localStorage.setItem(STORED, 'on')
    else localStorage.removeItem(STORED)
  } catch {
    // Storage can be switched off in the browser: the camera is then off at the next start.
  }
}

/** Whether the camera can be opened without a question to the user. */
async function isAllowed(): Promise<boolean> {
  const permission = await navigator.permissions?.query({ name: 'camera' as PermissionName }).catch(() => null)
  return permission?.state === 'granted'
}

export function useCamera() {
  const picture = shallowRef<MediaStream | null>(null)
  const problem = ref<MicrophoneProblem | null>(null)
  let isGone = false

  function take(stream: MediaStream): void {
    if (isGone) return stopStream(stream)
    picture.value = stream
    stream.getVideoTracks()[0]?.addEventListener('ended', () => {
      if (picture.value === stream) picture.value = null
    })
  }

  async function open(): Promise<void> {
    problem.value = null
    if (!navigator.mediaDevices?.getUserMedia) {
      problem.value = 'insecure'
      return
    }
    try {
      take(await navigator.mediaDevices.getUserMedia(WANTED))
      remember(true)
    } catch (error) {
      problem.value = problemOf(error)
    }
  }

  function close(): void {
    stopStream(picture.value)
    picture.value = null
  }

  function toggle(): void {
    if (!picture.value) return void open()
    remember(false)
    close()
  }

  /** It was on last time, and nobody has to be asked. */
  async function reopen(): Promise<void> {
    if (remembered() && (await isAllowed()) && !isGone) await open()
  }

  function leave(): void {
    isGone = true
    close()
  }

  onMounted(() => {
    window.addEventListener('pagehide', leave)
    void reopen()
  })
  onBeforeUnmount(() => {
    window.removeEventListener('pagehide', leave)
    leave()
  })
  return { picture, problem, toggle, dismiss: () => (problem.value = null) }
}
