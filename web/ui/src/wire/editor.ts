/** Requests of the scenario editor. */

import type {
  Checked,
  Finished,
  LintCounts,
  Played,
  ReadSimulation,
  ScenarioFile,
  Shelf,
  SimulatedTranscript,
  Stopped,
  Template,
  TemplateText,
  VersionText,
} from '../generated/wire'
import type { Schema } from '../authoring/schema'
import { post, read, request } from './http'
import type { Scenario } from './types'

export type {
  BrokenFile,
  Checked,
  CheckFinding,
  Disorder,
  LintCounts,
  Plan,
  Played,
  SavedVersion,
  ScenarioFile,
  Shelf,
  ShelfCard,
  SimulatedTranscript,
  TranscriptLine,
} from '../generated/wire'

export type SimulationStep = Played | Finished | Stopped
export type StreamerName = Played['streamer']

const one = (id: string, rest = ''): string => `/authoring/scenarios/${encodeURIComponent(id)}${rest}`

async function send<T>(path: string, method: string, body?: unknown): Promise<T> {
  const init = body === undefined ? { method } : { method, headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body) }
  return (await (await request(path, init)).json()) as T
}

export const fetchShelf = (): Promise<Shelf> => read('/authoring/scenarios')
export const fetchLint = (): Promise<{ [id: string]: LintCounts }> => read('/authoring/lint')
export const fetchFile = (id: string): Promise<ScenarioFile> => read(one(id))
export const fetchSchema = (): Promise<Schema> => read('/authoring/schema')
export const fetchVersion = (id: string, number: number): Promise<VersionText> => read(one(id, `/versions/${number}`))
/** What the set-up page shows of a draft. */
export const fetchDraftCard = (id: string): Promise<Scenario> => read(one(id, '/card'))
export const fileUrl = (id: string): string => `/api${one(id, '/yaml')}`

export interface Saving {
  text: string
  author: string
  note: string
}

export const createFile = (saving: Saving): Promise<ScenarioFile> => send('/authoring/scenarios', 'POST', saving)
export const saveFile = (id: string, saving: Saving, base: number): Promise<ScenarioFile> => send(one(id), 'PUT', { ...saving, base })
export const publishFile = (id: string, version: number): Promise<ScenarioFile> => send(one(id, '/published'), 'PUT', { version })
export const unpublishFile = (id: string): Promise<ScenarioFile> => send(one(id, '/published'), 'DELETE')

export async function deleteFile(id: string): Promise<void> {
  await request(one(id), { method: 'DELETE' })
}

export async function checkText(text: string, id: string | null, signal: AbortSignal): Promise<Checked> {
  const response = await post('/authoring/check', { text, id }, signal)
  return (await response.json()) as Checked
}

export type TemplateOrder = Omit<Template, 'types'> & { types: readonly string[] }

export interface SimulationOrder {
  text: string
  streamers: readonly StreamerName[]
  seeds: number
  difficulty: number | null
}

export const makeTemplate = (order: TemplateOrder): Promise<TemplateText> => send('/authoring/template', 'POST', order)
export const readSimulation = (order: ReadSimulation): Promise<SimulatedTranscript> => send('/authoring/transcript', 'POST', order)

/** Yield results as they come; aborting stops the playing. */
export async function* simulate(order: SimulationOrder, signal: AbortSignal): AsyncGenerator<SimulationStep> {
  const response = await post('/authoring/simulate', order, signal)
  const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader()
  let rest = ''
  for (;;) {
    const part = await reader?.read()
    if (!part || part.done) return
    const lines = (rest + part.value).split('\n')
    rest = lines.pop() ?? ''
    for (const line of lines) yield JSON.parse(line) as SimulationStep
  }
}
