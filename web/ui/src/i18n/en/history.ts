/** English words of the history and comparison. */

export const history = {
  'next.eyebrow': 'Next',
  'next.why': 'Why:',
  'next.rule': 'Rule',
  'next.from': 'From your rehearsal on {day}',
  'next.minutes': '{n} min',
  'next.exposure.calm': 'no pressure',
  'next.exposure.easy': 'half the pressure',
  'next.exposure.full': 'full pressure',
  'next.start.rejoin': 'Go back in',
  'next.start.drill': 'Start the drill',
  'next.start.again': 'Rehearse it again',
  'next.start.onwards': 'Try it',
  'next.start.first': 'Start here',
  'next.scorecard': 'See that scorecard',
}
