/** Requests about sharing and review. */

import type {
  CommentOrder,
  DebriefOrder,
  FocusOrder,
  MentorComment,
  MentorDebrief,
  MentorFocus,
  MentorReview,
  MentorScore,
  ReviewCounts,
  ReviewDetail,
  ReviewState,
  ScoreOrder,
  ShareState,
  SharedCard,
  SharedList,
  Waveform,
} from '../generated/wire'
import { read, rehearsal, request } from './http'
import type { RoomRecord } from './types'

export type { MentorComment, MentorDebrief, MentorFocus, MentorReview, MentorScore }
export type { ReviewCounts, ReviewDetail, ReviewState, SharedCard, SharedList, ShareState }
export type { CommentOrder, FocusOrder, ScoreOrder }

/** Orders without what is filled in by default. */
export type CommentDraft = Pick<CommentOrder, 'text'> & Partial<CommentOrder>
export type FocusDraft = Pick<FocusOrder, 'text'> & Partial<FocusOrder>
export type ShelfStatus = 'needs' | 'reviewed'

async function send<T>(method: string, path: string, body?: unknown, mentor?: string): Promise<T> {
  const headers: Record<string, string> = mentor === undefined ? {} : named(mentor)
  if (body !== undefined) headers['Content-Type'] = 'application/json'
  const init: RequestInit = { method, headers }
  if (body !== undefined) init.body = JSON.stringify(body)
  return (await (await request(path, init)).json()) as T
}

/** Headers know no Chinese, so the name goes percent-encoded. */
function named(mentor: string): Record<string, string> {
  return { 'X-Coach-Mentor': encodeURIComponent(mentor) }
}

const review = (id: string, rest = ''): string => `/reviews/${encodeURIComponent(id)}${rest}`

/* The streamer's side. */
export const fetchShare = (id: string): Promise<ShareState> => read(rehearsal(id, '/share'))
export const shareIt = (id: string, note: string): Promise<ShareState> => send('PUT', rehearsal(id, '/share'), { note })
export const withdrawShare = (id: string): Promise<ShareState> => send('DELETE', rehearsal(id, '/share'))
export const noteSeen = (id: string): Promise<ShareState> => send('POST', rehearsal(id, '/share/seen'))
/** Rehearsals with remarks that the streamer has not seen, and how many. */
export const fetchUnseen = (): Promise<{ [id: string]: number }> => read('/rehearsals/unseen')

/* The mentor's side. */
export const fetchReviewCount = (): Promise<ReviewCounts> => read('/reviews/count')
export const fetchShelf = (status: ShelfStatus): Promise<SharedList> => read(`/reviews?status=${status}`)
export const fetchReview = (id: string, mentor: string): Promise<ReviewDetail> => send('GET', review(id), undefined, mentor)
export const fetchReviewLog = (id: string, mentor: string): Promise<{ records: RoomRecord[] }> =>
  send('GET', review(id, '/records'), undefined, mentor)
export async function fetchReviewPeaks(
  id: string,
  mentor: string,
  side: Waveform['side'],
  points: number,
  signal: AbortSignal,
): Promise<Waveform> {
  const response = await request(review(id, `/peaks?side=${side}&points=${points}`), { headers: named(mentor), signal })
  return (await response.json()) as Waveform
}

/** For audio elements, which send no headers of ours. */
export const reviewAudioUrl = (id: string, side: 'streamer' | 'viewers', mentor: string): string =>
  `/api${review(id, `/audio/${side}?mentor=${encodeURIComponent(mentor)}`)}`

export function addComment(id: string, mentor: string, draft: CommentDraft): Promise<ReviewState> {
  return send('POST', review(id, '/comments'), draft, mentor)
}

export function editComment(id: string, mentor: string, itemId: string, draft: CommentDraft, revision: number): Promise<ReviewState> {
  return send('PUT', review(id, `/comments/${itemId}`), { ...draft, revision }, mentor)
}

export function removeComment(id: string, mentor: string, itemId: string): Promise<ReviewState> {
  return send('DELETE', review(id, `/comments/${itemId}`), undefined, mentor)
}

export function addFocus(id: string, mentor: string, draft: FocusDraft): Promise<ReviewState> {
  return send('POST', review(id, '/focus'), draft, mentor)
}

export function editFocus(id: string, mentor: string, itemId: string, draft: FocusDraft, revision: number): Promise<ReviewState> {
  return send('PUT', review(id, `/focus/${itemId}`), { ...draft, revision }, mentor)
}

export function removeFocus(id: string, mentor: string, itemId: string): Promise<ReviewState> {
  return send('DELETE', review(id, `/focus/${itemId}`), undefined, mentor)
}

export function putScore(id: string, mentor: string, target: string, order: ScoreOrder): Promise<ReviewState> {
  return send('PUT', review(id, `/scores/${encodeURIComponent(target)}`), order, mentor)
}

export function removeScore(id: string, mentor: string, target: string, revision: number): Promise<ReviewState> {
  return send('DELETE', review(id, `/scores/${encodeURIComponent(target)}?revision=${revision}`), undefined, mentor)
}

export function putReviewed(id: string, mentor: string, reviewed: boolean): Promise<ReviewState> {
  return send('PUT', review(id, '/reviewed'), { reviewed }, mentor)
}

export function putDebrief(id: string, mentor: string, order: DebriefOrder): Promise<ReviewState> {
  return send('PUT', review(id, '/debrief'), order, mentor)
}

export function removeDebrief(id: string, mentor: string): Promise<ReviewState> {
  return send('DELETE', review(id, '/debrief'), undefined, mentor)
}
