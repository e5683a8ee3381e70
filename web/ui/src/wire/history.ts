/** Requests of the history, the comparison and the next step. */

import type { Cleaned, Cleaning, Comparison, Deleted, FocusCourse, HistoryPage, NextStep, Storage, Trends } from '../generated/wire'
import { post, read, rehearsal, request } from './http'

export type {
  Comparison,
  FocusCourse,
  HistoryItem,
  HistoryPage,
  NextStep,
  Obstacle,
  PointRow,
  Row,
  ScoreRow,
  Side,
  Storage,
  Trend,
  TrendPoint,
  Trends,
} from '../generated/wire'

/** The one thing to do next in a language; null where there is nothing to offer. */
export const fetchNext = (locale: string): Promise<NextStep | null> => read(`/next${query({ locale })}`)

export interface HistoryFilter {
  q: string
  language: string
  scenario: string
  status: string
  kind: string
  sort: string
  offset: number
  limit: number
}

export const fetchHistory = (filter: HistoryFilter, signal: AbortSignal): Promise<HistoryPage> =>
  read(`/history${query({ ...filter })}`, signal)

export const fetchTrends = (language: string, scenario: string, weeks: number | null): Promise<Trends> =>
  read(`/history/trends${query({ language, scenario, weeks: weeks ?? '' })}`)

export const fetchFocus = (language: string): Promise<FocusCourse[]> => read(`/history/focus${query({ language })}`)

export async function deleteRehearsals(ids: string[]): Promise<Deleted> {
  const response = await post('/history/delete', { ids })
  return (await response.json()) as Deleted
}

export const fetchStorage = (olderThanDays: number | null): Promise<Storage> =>
  read(`/storage${query({ older_than_days: olderThanDays ?? '' })}`)

export async function cleanStorage(order: Cleaning): Promise<Cleaned> {
  const response = await post('/storage/clean', order)
  return (await response.json()) as Cleaned
}

export const fetchComparison = (id: string, other: string): Promise<Comparison> =>
  read(`/compare/${encodeURIComponent(id)}/${encodeURIComponent(other)}`)

/** Score a kept rehearsal again; the old scorecard stays beside the new one. */
export async function rescoreRehearsal(id: string): Promise<void> {
  await request(rehearsal(id, '/rescore'), { method: 'POST' })
}

/** `?a=1&b=x`, without what is empty. */
export function query(values: { readonly [name: string]: string | number }): string {
  const pairs = Object.entries(values).filter(([, value]) => value !== '' && value !== 0)
  const text = new URLSearchParams(pairs.map(([name, value]) => [name, String(value)])).toString()
  return text ? `?${text}` : ''
}
