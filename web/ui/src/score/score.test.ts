import { describe, expect, it } from 'vitest'
import type { ComplianceFinding, CoveragePoint, Evidence, HandledLine, NamedScore, PaceWindow, RoomRecord, Scorecard, Summary } from '../wire/types'
import { bySeverity } from './compliance'
import { changeOf, earlierAttempts } from './attempts'
import { counts, filtered, howOf } from './ledger'
import { momentsOf, neighbour } from './moments'
import { pointsFor, spread, tracksOf } from './peaks'
import { sharedReason, untoldReason } from './reasons'
import { bandSteps, firstMade, mentionsOf, paceSeries, paceSummary, pointsMade, stateOf } from './series'
import { rangeOf } from './shown'
import { hasGaps, marked, rowAt, searched, transcriptRows, viewerNames } from './transcript-rows'

function record(seq: number, at: number, event: object): RoomRecord {
  return { seq, at, event } as RoomRecord
}

const LOG = [
  record(0, 0, { type: 'rehearsal_started', input: 'voice' }),
  record(1, 0, { type: 'stage_entered', name: 'hook', until: 30 }),
  record(2, 3, { type: 'line_posted', viewer_id: 'joe', line_id: 'l1', text: 'How much?', pressure: false }),
  record(3, 6.5, { type: 'utterance_heard', start: 1, end: 6, text: 'Hello ＡＢ dear viewers', words: [], source: 'voice' }),
  record(4, 7, { type: 'line_voicing', viewer_id: 'vex', line_id: 'l2', text: 'That is far too dear', start: 7, pressure: true }),
  record(5, 8, { type: 'line_voiced', viewer_id: 'vex', line_id: 'l2', text: 'That is far too dear', heard_text: 'That is', cut_off: true, start: 7, end: 7.8 }),
  record(6, 9, { type: 'room_changed', viewers: 60, reason: 'audience_drop', pressure: true }),
  record(7, 10, { type: 'room_changed', viewers: 61, reason: 'come_and_go', pressure: false }),
]

describe('the transcript', () => {
  const rows = transcriptRows(LOG)

  it('is in the order in which it was heard, by the records that the scorecard names', () => {
    expect(rows.map((row) => [row.seq, row.kind, row.at])).toEqual([
      [1, 'stage', 0], [3, 'streamer', 1], [2, 'chat', 3], [4, 'voice', 7], [6, 'room', 9],
    ])
  })

  it('knows passers-by by the names they came with', () => {
    const came = record(8, 11, { type: 'viewer_joined', viewer_id: 'passer-1', name: 'teacupstorm' })
    expect(viewerNames([...LOG, came])).toEqual({ 'passer-1': 'teacupstorm' })
  })

  it('strikes what a viewer could not say', () => {
    expect(rows[3]).toMatchObject({ text: 'That is', cut: ' far too dear', end: 7.8, pressure: true })
  })

  it('keeps a voice whose end a crash took', () => {
    expect(transcriptRows(LOG.slice(0, 5)).at(-1)).toMatchObject({ kind: 'voice', text: 'That is far too dear', cut: '' })
  })

  it.each([[0.5, 0], [2, 1], [4, 1], [6.4, 2], [7.2, 3], [100, 4]])('at %f s row %i is on', (seconds, row) => {
    expect(rowAt(rows, seconds)).toBe(row)
  })

  it('is before its beginning at no row', () => {
    expect(rowAt(rows.slice(1), 0)).toBe(-1)
    expect(rowAt([], 5)).toBe(-1)
  })

  it('is searched whatever the case and width of letters', () => {
    expect(searched(rows, 'ab').map((row) => row.seq)).toEqual([3])
    expect(searched(rows, ' FAR TOO').map((row) => row.seq)).toEqual([4])
    expect(searched(rows, 'hook')).toEqual([])
    expect(searched(rows, '  ')).toHaveLength(5)
  })

  it('marks what was looked for, every time it stands there', () => {
    expect(marked('To be or not to be', 'to').filter((piece) => piece.hit).map((piece) => piece.text)).toEqual(['To', 'to'])
    expect(marked('To be', 'to').map((piece) => piece.text).join('')).toBe('To be')
    expect(marked('不起球，不起皱', '不起').map((piece) => piece.hit)).toEqual([true, false, true, false])
  })

  it('knows a log from which records were lost', () => {
    expect(hasGaps(LOG)).toBe(false)
    expect(hasGaps([...LOG.slice(0, 3), ...LOG.slice(4)])).toBe(true)
  })
})

const said = (start: number | null, end: number | null = null): Evidence => ({ quote: 'q', start, end, seq: null, proposed: false, speaker: 'streamer' })
const text = { zh: '中', en: 'en' }

describe('moments', () => {
  const card = {
    strength: { title: text, evidence: [said(40, 42)] },
    focus: [{ finding_id: 'f', title: text, evidence: said(12) }, { finding_id: 'g', title: text, evidence: said(null) }],
    pressure: [{ seq: 7, at: 20, what: 'too dear' }],
    compliance: [{ id: 'c', severity: 'H', term: 'best', evidence: said(5, 6) }, { id: 'd', severity: 'L', term: 'x', evidence: said(6) }],
    fact_errors: [],
  } as unknown as Scorecard

  it('stand in order of time; what has no time and mere hints are left out', () => {
    expect(momentsOf(card).map((moment) => [moment.kind, moment.at])).toEqual([
      ['compliance', 5], ['focus', 12], ['pressure', 20], ['strength', 40],
    ])
  })

  it('are gone through with two keys', () => {
    const moments = momentsOf(card)
    expect(neighbour(moments, 12, 1)?.at).toBe(20)
    expect(neighbour(moments, 20.5, -1)?.at).toBe(12)
    expect(neighbour(moments, 50, 1)).toBeNull()
  })
})

describe('both waveforms', () => {
  it('share one time axis; the shorter is silent to the end', () => {
    const tracks = tracksOf({ duration_sec: 10, peaks: Array<number>(500).fill(255) }, { duration_sec: 5, peaks: Array<number>(250).fill(51) })
    expect(tracks?.duration).toBe(10)
    expect(tracks?.channels[0]).toHaveLength(500)
    expect(tracks?.channels[1].slice(0, 250).every((peak) => peak === 0.2)).toBe(true)
    expect(tracks?.channels[1].slice(250).every((peak) => peak === 0)).toBe(true)
  })

  it('keep the loudest of each part', () => {
    expect(spread({ duration_sec: 4, peaks: [0, 255, 0, 51] }, 4, 2)).toEqual([1, 0.2])
  })

  it('are none without the streamer, and never too many', () => {
    expect(tracksOf(null, null)).toBeNull()
    expect(pointsFor(1800)).toBe(20_000)
    expect(pointsFor(null)).toBeGreaterThan(0)
  })
})

const pace = (start: number, rate: number | null, band: [number, number] | null, fillers: number | null = 0): PaceWindow => ({
  start, end: start + 30, speaking_rate: rate, articulation_rate: null, stage: 'any', band, amber: null, fillers,
})

describe('the pace chart', () => {
  const windows = [pace(0, 300, [260, 330]), pace(10, 340, [260, 330]), pace(20, null, [200, 280], null), pace(30, 150, [200, 280], 2)]

  it('draws bands as steps that touch', () => {
    expect(bandSteps(windows)).toEqual([
      { from: 0, to: 30, low: 260, high: 330 },
      { from: 30, to: 60, low: 200, high: 280 },
    ])
  })

  it('leaves a gap where nothing was measured', () => {
    expect(paceSeries(windows).points[2]).toEqual([35, null])
    expect(paceSeries(windows).fillers).toEqual([[15, 0], [25, 0], [45, 2]])
    expect(paceSummary(windows)).toEqual({ measured: 3, inside: 1, slow: 1, fast: 1 })
  })
})

describe('a score is shown', () => {
  it.each([
    [64, [60, 80], null], [64, null, null], [64, [41, 80], 'middle'], [80, [60, 90], 'high'], [10, [0, 40], 'low'],
    [null, [30, 95], null], [null, null, null],
  ] as const)('%s between %s by the range %s', (value, ends, range) => {
    const interval = ends && { low: ends[0], high: ends[1], level: 0.8 }
    expect(rangeOf({ value, interval })).toBe(range)
  })
})

describe('coverage over time', () => {
  const points = [
    { point_id: 'a', title: 'A', priority: 'P0', state: 'hit', missing_facts: [], doubtful: false, evidence: [said(40), said(12)] },
    { point_id: 'b', title: 'B', priority: 'P1', state: 'miss', missing_facts: [], doubtful: false, evidence: [] },
    { point_id: 'c', title: 'C', priority: 'P1', state: 'partial', missing_facts: [], doubtful: false, evidence: [said(30), said(null)] },
  ] as CoveragePoint[]

  it('shows every time a point was said, the first by itself', () => {
    expect(mentionsOf(points).map(({ row, at, first }) => [row, at, first])).toEqual([[0, 12, true], [0, 40, false], [2, 30, true]])
  })

  it('counts as made what came across whole, wherever it is counted', () => {
    const wrong = { ...points[0], point_id: 'd', state: 'misstated', evidence: [said(3)] } as CoveragePoint
    const untimed = { ...points[0], point_id: 'e', evidence: [said(null)] } as CoveragePoint
    expect(pointsMade([wrong, ...points, untimed]).map((point) => point.point_id)).toEqual(['a', 'e'])
    expect(firstMade([wrong, ...points, untimed])).toBe(12)
    expect(firstMade([wrong, untimed])).toBeNull()
  })

  it.each([['misstated', false, 'misstated'], ['misstated', true, 'check'], ['hit', false, 'hit']] as const)('calls %s (doubtful: %s) %s', (state, doubtful, told) => {
    expect(stateOf({ state, doubtful } as CoveragePoint)).toBe(told)
  })
})

const row = (id: string, scenario: string, started: string, state = 'scored'): Summary =>
  ({ id, scenario_id: scenario, started_at: started, state, scores: {} }) as Summary

describe('earlier attempts', () => {
  const now = row('now', 's', '2026-11-26T10:00:00+00:00')

  it('are those of the same scenario, the latest first', () => {
    const all = [row('old', 's', '2026-11-01T10:00:00+00:00'), now, row('late', 's', '2026-11-27T10:00:00+00:00'), row('other', 'x', '2026-11-20T10:00:00+00:00'), row('near', 's', '2026-11-26T10:00:00+08:00'), row('cut', 's', '2026-11-02T10:00:00+00:00', 'ended')]
    expect(earlierAttempts(all, now).map((attempt) => attempt.id)).toEqual(['near', 'old'])
  })

  it.each([
    [60, 50, 8, 'more'], [60, 55, 8, 'same'], [60, 68, 8, 'same'], [60, 70, 8, 'less'], [60, 10, null, 'early'],
    [null, 50, 8, null], [60, null, 8, null], [60, undefined, 8, null],
  ] as const)('%s after %s with a minimal change of %s is %s', (value, before, minimal, expected) => {
    expect(changeOf({ value, minimal_change: minimal } as NamedScore, before)).toBe(expected)
  })
})

describe('the ledger', () => {
  const line = (handled: string, should: string, noticed: boolean, viewer = 'joe') => ({ handled, should, noticed, viewer_id: viewer }) as HandledLine
  const lines = [line('well', 'answer', true), line('well', 'ignore', false), line('unanswered', 'answer', false, 'amy'), line('well', 'ignore', true)]

  it('tells what was rightly left alone from what was answered', () => {
    expect(lines.map(howOf)).toEqual(['well', 'left_alone', 'unanswered', 'well'])
  })

  it('is filtered by how and by whom', () => {
    expect(filtered(lines, 'well', 'joe')).toHaveLength(2)
    expect(filtered(lines, null, 'amy')).toHaveLength(1)
    expect(counts(lines, 'joe')).toEqual(new Map([['well', 2], ['left_alone', 1]]))
  })
})

it('gives the same advice on wording once, with every place it is about, blockers first', () => {
  const finding = (id: string, severity: string, rule: string, term: string, quote = `it is ${term}`) =>
    ({ id, severity, rule, term, rewrite: `not ${rule}`, evidence: { quote } }) as ComplianceFinding
  const { blockers, warnings } = bySeverity([
    finding('1', 'M', 'hurry', 'now'), finding('2', 'H', 'best', 'the best'), finding('3', 'H', 'best', 'The Best'), finding('4', 'H', 'sure', 'sure'), finding('5', 'H', 'best', 'number one'),
    finding('6', 'H', 'rude', 'you sad person', 'you sad person'),
  ])
  expect(blockers.map((group) => [group.rule, group.terms, group.findings.map((found) => found.id)])).toEqual([
    ['best', ['the best', 'number one'], ['2', '3', '5']], ['sure', ['sure'], ['4']], ['rude', [], ['6']],
  ])
  expect(warnings.map((group) => group.rule)).toEqual(['hurry'])
})

describe('why nothing was measured', () => {
  const text = (en: string) => ({ zh: en, en })
  const card = (summary: string, ...reasons: (string | null)[]): Scorecard =>
    ({
      summary: text(summary),
      scores: reasons.map((reason) => ({ value: reason === null ? 50 : null, not_measured: reason === null ? null : text(reason) })),
    }) as unknown as Scorecard

  it.each([
    ['nothing was said, and the first line says so', card('silence', 'silence', 'silence', 'silence'), 'silence', null],
    ['one reason for all three', card('two minutes', 'no words', 'no words', 'no words'), 'no words', 'no words'],
    ['each for another', card('two minutes', 'no times', 'no points', 'few moments'), null, null],
    ['one of them was measured', card('two minutes', 'no times', null, 'no times'), null, null],
    ['there are no scores', card('two minutes'), null, null],
  ])('%s', (_name, given, shared, untold) => {
    expect([sharedReason(given)?.en ?? null, untoldReason(given)?.en ?? null]).toEqual([shared, untold])
  })
})
