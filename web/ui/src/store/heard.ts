/** Which part of a planned line reached the streamer's ear. */

export interface HeardSplit {
  heard: string
  /** Never said because the streamer took the floor; shown struck through. */
  unheard: string
}

/** Matched length in `text` of `heard`, ignoring white space; -1 if `heard` is no beginning of `text`. */
function matchedLength(text: string, heard: string): number {
  let position = 0
  for (const char of heard) {
    if (/\s/u.test(char)) continue
    while (position < text.length && /\s/u.test(text[position] ?? '')) position += 1
    if (!text.startsWith(char, position)) return -1
    position += char.length
  }
  return position
}

/** Split a line at the last word played. Text that is no beginning of the line is shown as heard, nothing as missed. */
export function splitHeard(text: string, heard: string, cutOff: boolean): HeardSplit {
  if (!cutOff) return { heard: text, unheard: '' }
  const length = matchedLength(text, heard)
  if (length < 0) return { heard, unheard: '' }
  return { heard: text.slice(0, length), unheard: text.slice(length) }
}
