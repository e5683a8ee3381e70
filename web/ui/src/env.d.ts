/// <reference types="vite/client" />

declare module 'vue' {
  // The popover attributes are newer than Vue's types of HTML.
  interface HTMLAttributes {
    popover?: 'auto' | 'manual' | ''
  }
  interface ButtonHTMLAttributes {
    popovertarget?: string
    popovertargetaction?: 'show' | 'hide' | 'toggle'
  }
}

export {}
