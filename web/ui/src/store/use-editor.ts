/** One scenario being written: its text, what the linter says of it, and its versions. */

import { computed, onScopeDispose, ref, shallowRef, watch } from 'vue'
import type { Checked, ScenarioFile } from '../wire/editor'
import { checkText, createFile, deleteFile, fetchFile, fetchVersion, publishFile, saveFile, unpublishFile } from '../wire/editor'
import { ApiError } from '../wire/http'

/** How long typing rests before the linter is asked. */
const CHECK_AFTER_MS = 350
const AUTHOR = 'coach.author'

export interface Conflict {
  base: string
  theirs: ScenarioFile
}

/** Editors know one line end; a file that had the other keeps it. */
const plain = (text: string): string => text.replaceAll('\r\n', '\n')

function recalledAuthor(): string {
  try {
    return localStorage.getItem(AUTHOR) ?? ''
  } catch {
    return ''
  }
}

export function useEditor() {
  const file = shallowRef<ScenarioFile | null>(null)
  const text = ref('')
  const savedText = ref('')
  const checked = shallowRef<Checked | null>(null)
  /** The text that `checked` is about. */
  const checkedText = ref<string | null>(null)
  const problem = shallowRef<unknown>(null)
  const conflict = shallowRef<Conflict | null>(null)
  const isBusy = ref(false)
  const author = ref(recalledAuthor())
  const note = ref('')
  let hasWideLines = false

  const isDirty = computed(() => text.value !== savedText.value)
  const isOwn = computed(() => file.value === null || file.value.origin === 'own')
  const errors = computed(() => checked.value?.findings.filter((one) => one.severity === 'error').length ?? 0)
  const isCheckedNow = computed(() => checkedText.value === text.value)

  let asking: AbortController | null = null
  /** The text that was last sent to be checked; null after a failure. */
  let asked: string | null = null
  async function check(): Promise<void> {
    asking?.abort()
    asking = new AbortController()
    const sent = text.value
    asked = sent
    try {
      const found = await checkText(sent, file.value?.id ?? null, asking.signal)
      checked.value = found
      checkedText.value = sent
    } catch (error) {
      if (error instanceof DOMException) return
      asked = null
      problem.value = error
    }
  }
  let timer = 0
  watch(text, () => {
    clearTimeout(timer)
    timer = setTimeout(() => {
      if (text.value !== asked) void check()
    }, CHECK_AFTER_MS)
  })
  onScopeDispose(() => {
    clearTimeout(timer)
    asking?.abort()
  })

  function take(found: ScenarioFile, kept?: string): void {
    file.value = found
    hasWideLines = found.text.includes('\r\n')
    savedText.value = plain(found.text)
    text.value = kept ?? savedText.value
  }

  /** Begin with a text that is saved nowhere. */
  function begin(fresh: string): void {
    hasWideLines = fresh.includes('\r\n')
    savedText.value = ''
    text.value = plain(fresh)
  }

  async function load(id: string): Promise<void> {
    problem.value = null
    try {
      take(await fetchFile(id))
      void check()
    } catch (error) {
      problem.value = error
    }
  }

  /** Do something that changes the file on the server; false if it failed, with the reason in `problem`. */
  async function change(act: () => Promise<ScenarioFile>, kept?: () => string): Promise<boolean> {
    if (isBusy.value) return false
    isBusy.value = true
    problem.value = null
    try {
      take(await act(), kept?.())
      return true
    } catch (error) {
      if (error instanceof ApiError && error.code === 'conflict' && file.value) await meet(file.value)
      else problem.value = error
      return false
    } finally {
      isBusy.value = false
    }
  }

  /** Somebody saved meanwhile: fetch theirs, and what both began with. */
  async function meet(mine: ScenarioFile): Promise<void> {
    try {
      const theirs = await fetchFile(mine.id)
      conflict.value = { base: savedText.value, theirs }
    } catch (error) {
      problem.value = error
    }
  }

  /** Save what is written now; text typed meanwhile stays. `base` overrides the version it is put on top of. */
  async function save(base: number | null = file.value?.saved ?? null): Promise<boolean> {
    const saved = text.value
    const whole = hasWideLines ? saved.replaceAll('\n', '\r\n') : saved
    const saving = { text: whole, author: author.value.trim(), note: note.value.trim() }
    const id = file.value?.id
    const done = await change(
      () => (id !== undefined && base !== null ? saveFile(id, saving, base) : createFile(saving)),
      () => text.value,
    )
    if (!done) return false
    note.value = ''
    conflict.value = null
    try {
      localStorage.setItem(AUTHOR, saving.author)
    } catch {
      // Not remembered; see recalledAuthor().
    }
    return true
  }

  const ofFile = (act: (one: ScenarioFile) => Promise<ScenarioFile>): Promise<boolean> => {
    const one = file.value
    return one ? change(() => act(one), () => text.value) : Promise.resolve(false)
  }

  return {
    file, text, savedText, checked, checkedText, problem, conflict, isBusy, isDirty, isOwn, isCheckedNow, errors, author, note,
    begin, load, save, check,
    publish: () => ofFile((one) => publishFile(one.id, one.saved ?? 0)),
    unpublish: () => ofFile((one) => unpublishFile(one.id)),
    remove: async (): Promise<void> => (file.value ? deleteFile(file.value.id) : undefined),
    version: async (number: number): Promise<string> => plain((await fetchVersion(file.value?.id ?? '', number)).text),
  }
}

export type Editor = ReturnType<typeof useEditor>
