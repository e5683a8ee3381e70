/** A text on its way to the editor: a copy, a template, or an imported file. Kept for this page's life only. */

let waiting: string | null = null

export function handOver(text: string): void {
  waiting = text
}

export function takeOver(): string | null {
  const text = waiting
  waiting = null
  return text
}

/** A file's text, in whichever of the usual encodings it is. */
export async function decoded(file: Blob): Promise<string> {
  const bytes = new Uint8Array(await file.arrayBuffer())
  const mark = bytes[0] === 0xff && bytes[1] === 0xfe ? 'utf-16le' : bytes[0] === 0xfe && bytes[1] === 0xff ? 'utf-16be' : null
  if (mark) return new TextDecoder(mark).decode(bytes)
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return new TextDecoder('gb18030').decode(bytes)
  }
}

/** `id-2`, `id-3` … the first that is free. */
export function freeId(id: string, taken: ReadonlySet<string>): string {
  const stem = id.replace(/-\d+$/, '').slice(0, 58)
  let number = 2
  while (taken.has(`${stem}-${number}`)) number += 1
  return `${stem}-${number}`
}
