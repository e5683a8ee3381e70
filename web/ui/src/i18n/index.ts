/** Two languages, switched at run time and remembered. */

import { computed, ref } from 'vue'
import type { Text } from '../wire/types'
import { en } from './en'
import { zh } from './zh'

export type Key = keyof typeof en
export type Messages = { readonly [K in Key]: string }
export type Language = 'zh' | 'en'

const STORED = 'coach.language'
const DICTIONARIES: { [L in Language]: Messages } = { zh, en }

/** The remembered choice, else the browser's language, else English. */
export function preferred(stored: string | null, browser: readonly string[]): Language {
  if (stored === 'zh' || stored === 'en') return stored
  const known = browser.find((tag) => /^(zh|en)\b/i.test(tag))
  return known?.toLowerCase().startsWith('zh') ? 'zh' : 'en'
}

/** Storage can be switched off in the browser; the page then forgets, and works. */
function recall(): string | null {
  try {
    return localStorage.getItem(STORED)
  } catch {
    return null
  }
}

export const language = ref<Language>('en')
export const localeTag = computed(() => (language.value === 'zh' ? 'zh-CN' : 'en-US'))

function show(chosen: Language): void {
  language.value = chosen
  document.documentElement.lang = localeTag.value
}

export function startLanguage(): void {
  show(preferred(recall(), navigator.languages))
}

export function setLanguage(chosen: Language): void {
  show(chosen)
  try {
    localStorage.setItem(STORED, chosen)
  } catch {
    // Not remembered; see recall().
  }
}

export function fill(template: string, values: { readonly [name: string]: string | number }): string {
  return template.replace(/\{(\w+)\}/g, (whole, name: string) => String(values[name] ?? whole))
}

/** The text for a key in the chosen language, with `{name}` replaced. Reactive inside templates. */
export function t(key: Key, values: { readonly [name: string]: string | number } = {}): string {
  return fill(DICTIONARIES[language.value][key], values)
}

/** Like `t` for a key made from data (a viewer type, an end reason), with the data itself where no text is known. */
export function tKnown(prefix: string, value: string): string {
  const key = `${prefix}.${value}`
  return key in en ? t(key as Key) : value.replaceAll('_', ' ')
}

/** Choose from a text the server sent in both languages. */
export function pick(text: Text): string {
  return text[language.value]
}
