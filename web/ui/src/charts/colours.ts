/** Colours of the charts, read from the tokens, again whenever the scheme changes. */

import { onBeforeUnmount, onMounted, ref } from 'vue'

const NAMES = ['ink', 'ink-soft', 'line', 'surface', 'sunken', 'accent', 'accent-text', 'good-text', 'good-wash', 'warn-text', 'warn-wash'] as const
type Name = (typeof NAMES)[number]
export type Colours = { readonly [K in Name]: string }

/** `light-dark()` in a custom property is only decided where it is used: so a colour is set, and read back. */
function read(probe: HTMLElement): Colours {
  const found = NAMES.map((name) => {
    probe.style.color = `var(--${name})`
    return [name, getComputedStyle(probe).color]
  })
  return Object.fromEntries(found) as Colours
}

function now(): Colours {
  const probe = document.createElement('span')
  probe.hidden = true
  document.body.append(probe)
  const colours = read(probe)
  probe.remove()
  return colours
}

export function useColours() {
  const colours = ref<Colours>(now())
  const again = (): void => void (colours.value = now())
  const schemes = matchMedia('(prefers-color-scheme: dark)')
  const switched = new MutationObserver(again)

  onMounted(() => {
    schemes.addEventListener('change', again)
    switched.observe(document.documentElement, { attributes: true, attributeFilter: ['data-theme'] })
  })
  onBeforeUnmount(() => {
    schemes.removeEventListener('change', again)
    switched.disconnect()
  })
  return colours
}
