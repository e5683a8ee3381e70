/** A line as a viewer of each type might write it, for the preview of a scenario. In the scenario's language. */

import type { Text } from '../wire/types'

const LINES: { readonly [type: string]: Text } = {
  haggler: { zh: '再便宜二十我就下单', en: 'Twenty off and I’ll take it' },
  price_comparer: { zh: '隔壁直播间更便宜啊', en: 'Saw it cheaper elsewhere' },
  product_skeptic: { zh: '真的有你说的那么好？', en: 'Does it really do that?' },
  trust_skeptic: { zh: '是正品吗？怎么证明', en: 'How do I know it’s real?' },
  contrarian: { zh: '我觉得正相反', en: 'I’d say the opposite' },
  troll: { zh: '又是这套话术', en: 'Heard that pitch before' },
  spammer: { zh: '下一个！下一个！下一个！', en: 'next next next next' },
  derailer: { zh: '主播是哪里人呀', en: 'Where are you from, btw?' },
  angry_returner: { zh: '我上次买的还没解决', en: 'Mine broke. Still waiting.' },
  impatient: { zh: '快上链接，赶时间', en: 'Link please, I’m in a hurry' },
  bait: { zh: '是不是全网最低？你说句话', en: 'So it’s the cheapest anywhere?' },
  low_room: { zh: '……', en: '…' },
  friendly: { zh: '来啦！今天讲什么', en: 'Made it! What’s on today?' },
  special_care: { zh: '我对坚果过敏，能吃吗', en: 'I’m allergic to nuts. Safe for me?' },
}

export function sampleLine(type: string, locale: string): string | null {
  return LINES[type]?.[locale.startsWith('zh') ? 'zh' : 'en'] ?? null
}
