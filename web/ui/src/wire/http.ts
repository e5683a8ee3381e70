/** Requests to the server. Every failure is an `ApiError` whose text, where the server gave one, is in both languages. */

import { answers, isGatewayError } from './answering'
import type {
  Command,
  Drill,
  InputMode,
  Mark,
  Marks,
  PrivateVoice,
  RehearsalDetail,
  RoomRecord,
  Scenario,
  Scorecard,
  Status,
  Summary,
  Taken,
  Text,
  WordsFrom,
} from './types'

export class ApiError extends Error {
  constructor(
    /** HTTP status; 0 when no answer came. */
    readonly status: number,
    readonly code: string,
    /** Sentence of the server for the person at the page, if it gave one. */
    readonly text: Text | null = null,
    /** Seconds after which trying again can help, if the server said so. */
    readonly retryAfterSec: number | null = null,
  ) {
    super(`${status} ${code}`)
  }
}

function isText(value: unknown): value is Text {
  return typeof value === 'object' && value !== null && 'zh' in value && 'en' in value
}

/** Read the server's error body; a proxy's HTML or an empty body leaves only the status. */
async function failure(response: Response): Promise<ApiError> {
  const body: unknown = await response.json().catch(() => null)
  const outer = (body ?? {}) as { detail?: unknown; code?: unknown; message?: unknown }
  const detail = (typeof outer.detail === 'object' && outer.detail !== null ? outer.detail : outer) as {
    code?: unknown
    message?: unknown
  }
  const retryAfter = Number(response.headers.get('Retry-After'))
  return new ApiError(
    response.status,
    typeof detail.code === 'string' ? detail.code : `http_${response.status}`,
    isText(detail.message) ? detail.message : null,
    Number.isFinite(retryAfter) && retryAfter > 0 ? retryAfter : null,
  )
}

export async function request(path: string, init: RequestInit = {}): Promise<Response> {
  let response: Response
  try {
    response = await fetch(`/api${path}`, init)
  } catch (error) {
    if (init.signal?.aborted) throw error
    throw new ApiError(0, 'unreachable')
  }
  if (!response.ok) throw await failure(response)
  return response
}

export async function read<T>(path: string, signal?: AbortSignal): Promise<T> {
  const response = await watched(request(path, signal ? { signal } : {}))
  return (await response.json()) as T
}

/** Let what becomes of a request tell whether the server answers. */
async function watched(asked: Promise<Response>): Promise<Response> {
  answers.asked()
  try {
    const response = await asked
    answers.answered()
    return response
  } catch (error) {
    if (!(error instanceof ApiError)) answers.dropped()
    else if (error.status === 0 || isGatewayError(error.status)) answers.lost()
    else answers.answered()
    throw error
  }
}

export function post(path: string, body: unknown, signal?: AbortSignal): Promise<Response> {
  return request(path, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(body),
    ...(signal ? { signal } : {}),
  })
}

export function rehearsal(id: string, rest = ''): string {
  return `/rehearsals/${encodeURIComponent(id)}${rest}`
}

export const fetchScenarios = (): Promise<Scenario[]> => read('/scenarios')
export const fetchStatus = (): Promise<Status> => read('/status')
export const fetchRehearsals = (): Promise<Summary[]> => read('/rehearsals')
export const fetchRehearsal = (id: string): Promise<RehearsalDetail> => read(rehearsal(id))
/** What the voice shows, for the streamer alone; measured on the first call. */
export const fetchPrivateVoice = (id: string): Promise<PrivateVoice> =>
  read(rehearsal(id, '/private-voice'))

export const fetchScorecard = (id: string, signal?: AbortSignal): Promise<Scorecard> =>
  read(rehearsal(id, '/scorecard'), signal)

export const fetchDrills = (): Promise<Drill[]> => read('/drills')

export async function markFinding(id: string, findingId: string, mark: Mark | null): Promise<Marks> {
  const response = await request(rehearsal(id, `/findings/${encodeURIComponent(findingId)}/feedback`), {
    method: 'PUT',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ mark }),
    // Whoever marks something and leaves the page at once has marked it.
    keepalive: true,
  })
  return ((await response.json()) as { marks: Marks }).marks
}

export function reportUrl(id: string, format: 'html' | 'md' | 'json', lang: string): string {
  return `/api${rehearsal(id, `/report?format=${format}&lang=${lang}`)}`
}

/** Three minutes on one skill, with the product of an earlier rehearsal. */
export interface DrillOrder {
  drill: { id: string; rehearsal_id: string }
  input: InputMode
  words: WordsFrom
}

export interface RehearsalOrder {
  scenario: string
  /** Whether to play what a mentor is writing instead of what is published. */
  draft?: boolean
  difficulty: number
  /** How much of the scenario's pressure is played. */
  exposure: 'calm' | 'easy' | 'full'
  /** How hostile viewers may become, 0 to 4. */
  intensity: number
  /** Whether the streamer agreed to intensity 3 and 4. */
  consent: boolean
  /** Whether points and facts stay hidden, and no cue is given. */
  exam: boolean
  input: InputMode
  words: WordsFrom
}

export async function createRehearsal(order: RehearsalOrder | DrillOrder): Promise<{ id: string }> {
  const response = await post('/rehearsals', order)
  return (await response.json()) as { id: string }
}

export async function deleteRehearsal(id: string): Promise<void> {
  await request(rehearsal(id), { method: 'DELETE' })
}

export interface Offer {
  sdp: string
  type: 'offer'
  client: string
  takeover: boolean
  /** Whether the microphone's echo canceller is really on; null where the browser does not say. */
  echo_cancellation: boolean | null
}

export async function sendOffer(id: string, offer: Offer, signal: AbortSignal): Promise<{ sdp: string; type: 'answer' }> {
  const response = await post(rehearsal(id, '/offer'), offer, signal)
  return (await response.json()) as { sdp: string; type: 'answer' }
}

/** How long a command may go without its answer before it counts as lost. */
const COMMAND_TIMEOUT_MS = 10_000

/** Send a command without a data channel. */
export async function sendCommand(id: string, command: Command): Promise<Taken> {
  const response = await post(rehearsal(id, '/commands'), command, AbortSignal.timeout(COMMAND_TIMEOUT_MS))
  return (await response.json()) as Taken
}

/** Wait at most `waitSec` seconds for records from `since` on; that it takes so long tells nothing of the server. */
export async function pollRecords(
  id: string,
  since: number,
  waitSec: number,
  signal: AbortSignal,
): Promise<{ records: RoomRecord[]; closed: boolean }> {
  const response = await request(rehearsal(id, `/records?since=${since}&wait=${waitSec}`), { signal })
  return (await response.json()) as { records: RoomRecord[]; closed: boolean }
}

export function audioUrl(id: string, side: 'streamer' | 'viewers'): string {
  return `/api${rehearsal(id, `/audio/${side}`)}`
}
