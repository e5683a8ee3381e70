import { describe, expect, it } from 'vitest'
import type { Scenario } from '../wire/types'
import { intensitiesOf, needsConsent, termsFor } from './terms'

const scenario = { difficulty: 4, intensity_cap: 4 } as Scenario

describe('the terms offered first', () => {
  it('are those of the scenario, below the tone that needs consent', () => {
    expect(termsFor(scenario)).toMatchObject({ exposure: 'full', difficulty: 4, intensity: 2, consent: false, exam: false })
    expect(needsConsent(termsFor(scenario))).toBe(false)
  })

  it('are calm when a rehearsal was too much', () => {
    expect(termsFor(scenario, { gentle: '1' })).toMatchObject({ exposure: 'calm', difficulty: 1, intensity: 1 })
  })

  it('follow the link, as far as it makes sense', () => {
    expect(termsFor(scenario, { exposure: 'easy', difficulty: '3' })).toMatchObject({ exposure: 'easy', difficulty: 3 })
    expect(termsFor(scenario, { exposure: 'brutal', difficulty: '9' })).toMatchObject({ exposure: 'full', difficulty: 2 })
  })

  it('never go beyond the cap', () => {
    expect(termsFor({ difficulty: 1, intensity_cap: 0 } as Scenario).intensity).toBe(0)
    expect(intensitiesOf({ intensity_cap: 0 } as Scenario)).toEqual([0])
    expect(intensitiesOf(scenario)).toEqual([0, 1, 2, 3, 4])
  })
})

describe('a harsh tone', () => {
  const harsh = { ...termsFor(scenario), intensity: 3 }
  it('needs consent', () => expect(needsConsent(harsh)).toBe(true))
  it('needs it once', () => expect(needsConsent({ ...harsh, consent: true })).toBe(false))
  it('is not played in calm', () => expect(needsConsent({ ...harsh, exposure: 'calm' })).toBe(false))
})
