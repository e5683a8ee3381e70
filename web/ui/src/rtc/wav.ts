/** 16 bit mono WAV. */

function ascii(view: DataView, at: number, text: string): void {
  Array.from(text).forEach((char, index) => view.setUint8(at + index, char.charCodeAt(0)))
}

export function wavOf(samples: Float32Array, rateHz: number): ArrayBuffer {
  const bytes = samples.length * 2
  const view = new DataView(new ArrayBuffer(44 + bytes))
  ascii(view, 0, 'RIFF')
  view.setUint32(4, 36 + bytes, true)
  ascii(view, 8, 'WAVEfmt ')
  view.setUint32(16, 16, true)
  view.setUint16(20, 1, true)
  view.setUint16(22, 1, true)
  view.setUint32(24, rateHz, true)
  view.setUint32(28, rateHz * 2, true)
  view.setUint16(32, 2, true)
  view.setUint16(34, 16, true)
  ascii(view, 36, 'data')
  view.setUint32(40, bytes, true)
  samples.forEach((sample, index) => {
    view.setInt16(44 + index * 2, Math.round(Math.max(-1, Math.min(1, sample)) * 32_767), true)
  })
  return view.buffer
}
