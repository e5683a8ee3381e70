/** Chinese words of the history and comparison. */

export const history = {
  'next.eyebrow': '下一步',
  'next.why': '为什么：',
  'next.rule': '规则',
  'next.from': '来自 {day} 的排练',
  'next.minutes': '{n} 分钟',
  'next.exposure.calm': '没有压力',
  'next.exposure.easy': '一半压力',
  'next.exposure.full': '完整压力',
  'next.start.rejoin': '回到房间',
  'next.start.drill': '开始小练习',
  'next.start.again': '再排一遍',
  'next.start.onwards': '试试这一场',
  'next.start.first': '从这里开始',
  'next.scorecard': '看那张评分卡',
}
