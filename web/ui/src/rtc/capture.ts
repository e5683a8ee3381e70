/** A few seconds of a microphone as samples, for measuring. Nothing of it leaves the page by itself. */

import workletUrl from './capture.worklet?worker&url'

/** What the room hears at: 16 kHz mono. */
export const RATE_HZ = 16_000
/** How much longer than wanted a microphone may take before it counts as dead. */
const PATIENCE_MS = 3_000

/** Collects blocks until there are enough. */
function collected(port: MessagePort, wanted: number, onBegin: () => void): Promise<Float32Array> {
  const samples = new Float32Array(wanted)
  let filled = 0
  return new Promise((resolve) => {
    port.onmessage = ({ data }: MessageEvent<Float32Array>) => {
      if (filled === 0) onBegin()
      const part = data.subarray(0, wanted - filled)
      samples.set(part, filled)
      filled += part.length
      if (filled < wanted) return
      port.onmessage = null
      resolve(samples)
    }
  })
}

function tooLong(ms: number): Promise<never> {
  return new Promise((_, reject) => window.setTimeout(() => reject(new Error('no sound came')), ms))
}

/** Bring samples to 16 kHz with the browser's own filter. */
async function resampled(samples: Float32Array, rateHz: number): Promise<Float32Array> {
  if (rateHz === RATE_HZ) return samples
  const frames = Math.floor((samples.length * RATE_HZ) / rateHz)
  const offline = new OfflineAudioContext(1, frames, RATE_HZ)
  const buffer = offline.createBuffer(1, samples.length, rateHz)
  buffer.copyToChannel(samples as Float32Array<ArrayBuffer>, 0)
  const source = offline.createBufferSource()
  source.buffer = buffer
  source.connect(offline.destination)
  source.start()
  return (await offline.startRendering()).getChannelData(0)
}

/**
 * Listen for some seconds; returns 16 kHz mono samples in [-1, 1].
 *
 * @param onBegin called when the first sound has come.
 * @throws Error if the microphone gives nothing.
 */
export async function capture(stream: MediaStream, seconds: number, onBegin = (): void => {}): Promise<Float32Array> {
  const context = new AudioContext()
  try {
    await Promise.all([context.resume(), context.audioWorklet.addModule(workletUrl)])
    const node = new AudioWorkletNode(context, 'capture')
    const wanted = Math.ceil(seconds * context.sampleRate)
    const samples = collected(node.port, wanted, onBegin)
    // Its output is silence; connected, because browsers run only what is heard.
    context.createMediaStreamSource(stream).connect(node).connect(context.destination)
    return await resampled(await Promise.race([samples, tooLong(seconds * 1_000 + PATIENCE_MS)]), context.sampleRate)
  } finally {
    await context.close()
  }
}
