/** Line icons on a 24-unit grid. */

export const PATHS = {
  mic: 'M12 3a3 3 0 0 0-3 3v6a3 3 0 0 0 6 0V6a3 3 0 0 0-3-3ZM5.5 11.5a6.5 6.5 0 0 0 13 0M12 18v3',
  micOff: 'M4 4l16 16M9 9v3a3 3 0 0 0 4.6 2.5M15 11V6a3 3 0 0 0-5.6-1.5M5.5 11.5a6.5 6.5 0 0 0 10 5.5M18.5 11.5a6.4 6.4 0 0 1-.6 2.7M12 18v3',
  pause: 'M8.5 5v14M15.5 5v14',
  play: 'M7.5 5v14l11-7-11-7Z',
  end: 'M6.5 6.5h11v11h-11z',
  halt: 'M8.3 3.5h7.4l4.8 4.8v7.4l-4.8 4.8H8.3l-4.8-4.8V8.3l4.8-4.8ZM8.5 12h7',
  send: 'M4 12 20 4l-5.5 16-3-6.5L4 12Z',
  speaker: 'M4 9.5v5h3.5L12 18.5v-13L7.5 9.5H4ZM15.5 9a4.2 4.2 0 0 1 0 6M18 6.5a8 8 0 0 1 0 11',
  headphones: 'M4 15v-3a8 8 0 0 1 16 0v3M4 14.5h3.5V20H6a2 2 0 0 1-2-2v-3.5ZM20 14.5h-3.5V20H18a2 2 0 0 0 2-2v-3.5Z',
  keyboard: 'M3 6.5h18v11H3zM7 10.5h.01M10.5 10.5h.01M14 10.5h.01M17.5 10.5h.01M8 14h8',
  check: 'M5 12.5l4.5 4.5L19 7.5',
  down: 'M6 9.5l6 6 6-6',
  camera: 'M3.5 7.5h11v9h-11zM14.5 11l6-3.5v9l-6-3.5',
  cameraOff: 'M4 4l16 16M7.5 7.5h7v6.5M14.5 11l6-3.5v9l-3-1.7M13 16.5H3.5v-9h1',
  pulse: 'M3 12h4l2.5-6 4.5 12 2.5-6H21',
  question: 'M12 3.5a8.5 8.5 0 1 0 0 17 8.5 8.5 0 0 0 0-17ZM9.5 9.7a2.5 2.5 0 1 1 3.4 2.3c-.6.3-.9.7-.9 1.5M12 16.4h.01',
  close: 'M6 6l12 12M18 6 6 18',
  clock: 'M12 3.5a8.5 8.5 0 1 0 0 17 8.5 8.5 0 0 0 0-17ZM12 7.5V12l3 2',
  eye: 'M2.5 12S6 5.5 12 5.5 21.5 12 21.5 12 18 18.5 12 18.5 2.5 12 2.5 12ZM12 9.5a2.5 2.5 0 1 0 0 5 2.5 2.5 0 0 0 0-5Z',
  comment: 'M4.5 5h15v11h-8l-4.5 4v-4h-2.5V5ZM8.5 9h7M8.5 12h4.5',
  bag: 'M5 8h14l-1 12.5H6L5 8ZM9 10.5V7a3 3 0 0 1 6 0v3.5',
  heart: 'M12 20S4 15.2 4 9.3A4.3 4.3 0 0 1 12 7a4.3 4.3 0 0 1 8 2.3C20 15.2 12 20 12 20Z',
  again: 'M4.5 12a7.5 7.5 0 1 0 2.6-5.7M4.5 4v4.5H9',
  trash: 'M4.5 7h15M9.5 7V4.5h5V7M6.5 7l1 13h9l1-13M10 11v5.5M14 11v5.5',
  apparel: 'M8.5 4 3.5 7l2 4.5L8 10.5V20h8v-9.5l2.5 1 2-4.5-5-3c-.6 1.5-1.9 2.3-3.5 2.3S9.1 5.5 8.5 4Z',
  beauty: 'M9.5 20h5v-8h-5v8ZM10.5 12V6.5l3-2.5v8M8 20h8',
  food: 'M6 3.5V10a2.5 2.5 0 0 0 5 0V3.5M8.5 3.5v17M17.5 20.5v-17c-2.5 1-3.5 4-3.5 8h3.5',
  home: 'M4 11 12 4.5 20 11M6 9.5V20h12V9.5M10 20v-5.5h4V20',
  electronics: 'M7 3.5h10v17H7zM10.5 17.5h3',
  health: 'M12 20s-7.5-4.5-7.5-10.5A4 4 0 0 1 12 7.5a4 4 0 0 1 7.5 2C19.5 15.5 12 20 12 20ZM12 10v5M9.5 12.5h5',
  product: 'M4 8l8-4 8 4v8l-8 4-8-4V8ZM4 8l8 4 8-4M12 12v8',
  search: 'M10.5 4.5a6 6 0 1 0 0 12 6 6 0 0 0 0-12ZM15 15l5 5',
  sun: 'M12 8a4 4 0 1 0 0 8 4 4 0 0 0 0-8ZM12 3v1.5M12 19.5V21M3 12h1.5M19.5 12H21M5.6 5.6l1.1 1.1M17.3 17.3l1.1 1.1M18.4 5.6l-1.1 1.1M6.7 17.3l-1.1 1.1',
  moon: 'M19.5 14.5A8 8 0 0 1 9.5 4.5a8 8 0 1 0 10 10Z',
  themeAuto: 'M12 4a8 8 0 1 0 0 16 8 8 0 0 0 0-16ZM12 4v16M12 8h5.5M12 12h8M12 16h5.5',
  chevron: 'M6 9.5l6 6 6-6',
  zoomIn: 'M10.5 4a6.5 6.5 0 1 0 0 13 6.5 6.5 0 0 0 0-13ZM15.3 15.3 20 20M10.5 7.5v6M7.5 10.5h6',
  zoomOut: 'M10.5 4a6.5 6.5 0 1 0 0 13 6.5 6.5 0 0 0 0-13ZM15.3 15.3 20 20M7.5 10.5h6',
  previous: 'M6 6v12M18.5 6v12l-9-6 9-6Z',
  next: 'M18 6v12M5.5 6v12l9-6-9-6Z',
  print: 'M7 8.5V3.5h10v5M7 17H4V9.5h16V17h-3M7 14h10v6.5H7z',
  keep: 'M12 4v10.5M7.5 10.5 12 15l4.5-4.5M4.5 19.5h15',
  compare: 'M8 5v14M8 19l-3.5-3.5M8 19l3.5-3.5M16 19V5M16 5l-3.5 3.5M16 5l3.5 3.5',
} as const

export type IconName = keyof typeof PATHS

const CATEGORIES = ['apparel', 'beauty', 'food', 'home', 'electronics', 'health'] as const

/** The icon of a scenario's category; a box for those the page does not know. */
export function categoryIcon(category: string): IconName {
  return CATEGORIES.find((known) => known === category) ?? 'product'
}
