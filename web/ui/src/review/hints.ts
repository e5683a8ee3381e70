/**
 * What a mentor may want to look at again in a remark: hints, never an obstacle, and shown to mentors only.
 *
 * R120 (going through the motions) and R132 (support, not pressure): a remark says where it is, what was said or done
 * there, and speaks of that rather than of the person or of what the person may have felt.
 */

export type HintKind = 'noTime' | 'short' | 'repeated' | 'person' | 'feeling' | 'sweeping'

export interface Hint {
  kind: HintKind
  /** The words it is about; empty where it is about the whole. */
  words: string
}

const PERSON = [
  /你(?:就|真|太|这人)?(?:是|也)?(?:不行|不适合|没天赋|没有天赋|太笨|太懒|太差|笨|蠢|懒|差劲|没救|不专业|没用)/u,
  /(?:太差劲|没救了|丢人|脑子|天生不|不是这块料|不如(?:别人|其他人))/u,
  /\byou(?:'re| are)? (?:just |simply |so |too |really )?(?:lazy|stupid|dumb|hopeless|useless|terrible|awful|bad at|weak|boring|unprofessional|incompetent|not (?:good enough|cut out|made for|talented))/iu,
  /\b(?:pathetic|embarrassing|no talent|worse than (?:the )?others)\b/iu,
]

const FEELING = [
  /(?:你|显得|看起来|听起来)[^，。！？,.!?]{0,6}(?:紧张|慌|害怕|不自信|没信心|没有信心|心虚|焦虑|不耐烦|生气)/u,
  /\byou (?:were|are|seem(?:ed)?|look(?:ed)?|sound(?:ed)?|felt|feel)(?: \w+)? (?:nervous|anxious|scared|afraid|insecure|panicked|angry|annoyed|unconfident|not confident|stressed)/iu,
]

const SWEEPING = [/你(?:总是|老是|从来(?:不|没)|每次都|永远)/u, /\byou (?:always|never|every time)\b/iu]

const RULES: [HintKind, RegExp[]][] = [
  ['person', PERSON],
  ['feeling', FEELING],
  ['sweeping', SWEEPING],
]

/** Signs a remark needs at least to say something of this rehearsal: a Chinese one says more with fewer. */
const SHORT_ZH = 6
const SHORT_EN = 15

function isShort(text: string): boolean {
  const bare = text.replace(/[\s\p{P}]/gu, '')
  return bare.length > 0 && bare.length < (/\p{Script=Han}/u.test(bare) ? SHORT_ZH : SHORT_EN)
}

/** What the wording says about somebody rather than about what was said or done; one hint of each kind. */
export function wordingHints(text: string): Hint[] {
  return RULES.flatMap(([kind, patterns]) => {
    const found = patterns.map((pattern) => pattern.exec(text)?.[0]).find((words) => words !== undefined)
    return found === undefined ? [] : [{ kind, words: found }]
  })
}

export interface Remark {
  text: string
  time_sec: number | null
}

export function hintsOf(remark: Remark, isRepeated = false): Hint[] {
  if (remark.text.trim() === '') return []
  const hints: Hint[] = []
  if (remark.time_sec === null) hints.push({ kind: 'noTime', words: '' })
  if (isRepeated) hints.push({ kind: 'repeated', words: '' })
  else if (isShort(remark.text)) hints.push({ kind: 'short', words: '' })
  return [...hints, ...wordingHints(remark.text)]
}
