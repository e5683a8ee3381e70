/** One shared rehearsal, as a mentor works on it. The server's answer is the state; nothing is guessed ahead of it. */

import { computed, ref, shallowRef } from 'vue'
import { transcriptRows, type Row, viewerNames } from '../score/transcript-rows'
import { ApiError } from '../wire/http'
import * as api from '../wire/review'
import type { CommentDraft, FocusDraft, MentorScore, ReviewDetail, ReviewState } from '../wire/review'

export function useReview(rehearsalId: string, mentor: string) {
  const detail = shallowRef<ReviewDetail | null>(null)
  const review = shallowRef<ReviewState | null>(null)
  const rows = shallowRef<Row[]>([])
  const names = shallowRef<{ [viewerId: string]: string }>({})
  const state = ref<'loading' | 'ready' | 'gone' | 'failed'>('loading')
  const problem = ref<unknown>(null)
  const isBusy = ref(false)

  /** What was withdrawn is not shown a moment longer. */
  function drop(): void {
    detail.value = null
    review.value = null
    rows.value = []
    state.value = 'gone'
  }

  function fail(error: unknown): void {
    if (error instanceof ApiError && error.code === 'not_shared') return drop()
    problem.value = error
    if (state.value === 'loading') state.value = 'failed'
  }

  async function load(): Promise<void> {
    problem.value = null
    try {
      const [opened, log] = await Promise.all([api.fetchReview(rehearsalId, mentor), api.fetchReviewLog(rehearsalId, mentor)])
      detail.value = opened
      review.value = opened.review
      rows.value = transcriptRows(log.records)
      names.value = viewerNames(log.records)
      state.value = 'ready'
    } catch (error) {
      fail(error)
    }
  }

  /** Ask for a change; answers whether it was made. Where somebody else was quicker, theirs is shown. */
  async function run(step: () => Promise<ReviewState>): Promise<boolean> {
    isBusy.value = true
    problem.value = null
    try {
      review.value = await step()
      return true
    } catch (error) {
      fail(error)
      const isStale = error instanceof ApiError && (error.code === 'changed' || error.code === 'unknown_item')
      if (isStale) await refresh()
      return false
    } finally {
      isBusy.value = false
    }
  }

  async function refresh(): Promise<void> {
    try {
      review.value = (await api.fetchReview(rehearsalId, mentor)).review
    } catch (error) {
      fail(error)
    }
  }

  const said = computed(() => review.value?.mentor ?? null)

  return {
    mentor,
    detail,
    review,
    rows,
    names,
    state,
    problem,
    isBusy,
    said,
    load,
    scoreOf: (target: string): MentorScore | null => said.value?.scores.find((score) => score.target === target) ?? null,
    comment: (draft: CommentDraft) => run(() => api.addComment(rehearsalId, mentor, draft)),
    editComment: (id: string, draft: CommentDraft, revision: number) =>
      run(() => api.editComment(rehearsalId, mentor, id, draft, revision)),
    removeComment: (id: string) => run(() => api.removeComment(rehearsalId, mentor, id)),
    addFocus: (draft: FocusDraft) => run(() => api.addFocus(rehearsalId, mentor, draft)),
    editFocus: (id: string, draft: FocusDraft, revision: number) =>
      run(() => api.editFocus(rehearsalId, mentor, id, draft, revision)),
    removeFocus: (id: string) => run(() => api.removeFocus(rehearsalId, mentor, id)),
    putScore: (target: string, value: api.ScoreOrder['value'], reason: string, revision: number) =>
      run(() => api.putScore(rehearsalId, mentor, target, { value, reason, revision })),
    removeScore: (target: string, revision: number) => run(() => api.removeScore(rehearsalId, mentor, target, revision)),
    setReviewed: (reviewed: boolean) => run(() => api.putReviewed(rehearsalId, mentor, reviewed)),
    debrief: (note: string, drill: string) => run(() => api.putDebrief(rehearsalId, mentor, { note, drill_id: drill })),
    removeDebrief: () => run(() => api.removeDebrief(rehearsalId, mentor)),
  }
}

export type Review = ReturnType<typeof useReview>
