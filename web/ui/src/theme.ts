/** Light or dark: the system's choice, or the one made here, remembered. */

import { ref } from 'vue'

export type Theme = 'auto' | 'light' | 'dark'

const STORED = 'coach.theme'

export const theme = ref<Theme>('auto')

function show(chosen: Theme): void {
  theme.value = chosen
  if (chosen === 'auto') delete document.documentElement.dataset.theme
  else document.documentElement.dataset.theme = chosen
}

export function startTheme(): void {
  try {
    const stored = localStorage.getItem(STORED)
    show(stored === 'light' || stored === 'dark' ? stored : 'auto')
  } catch {
    // Storage can be switched off in the browser; the system's choice stands.
  }
}

export function setTheme(chosen: Theme): void {
  show(chosen)
  try {
    localStorage.setItem(STORED, chosen)
  } catch {
    // Not remembered.
  }
}
