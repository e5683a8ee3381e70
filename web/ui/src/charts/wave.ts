/** Draws both recordings on one time axis with wavesurfer.js; loaded when a recording is shown. */

import WaveSurfer from 'wavesurfer.js'
import Regions from 'wavesurfer.js/plugins/regions'
import type { Tracks } from '../score/peaks'

export interface WaveColours {
  streamer: string
  viewers: string
  dim: string
  cursor: string
}

/** Something that stands on the waveform: a stretch, or with equal ends a line. */
export interface Mark {
  id: string
  start: number
  end: number
  colour: string
  label: string
  /** Whether pressing it plays it, rather than the place pressed. */
  isPlace: boolean
}

export interface Wave {
  move(seconds: number, isPlaying: boolean): void
  mark(marks: readonly Mark[]): void
  /** Pixels a second; 0 shows all. */
  zoom(pixels: number): void
  colour(colours: WaveColours): void
  destroy(): void
}

function channels(colours: WaveColours): object[] {
  return [
    { waveColor: colours.streamer, progressColor: colours.streamer },
    { waveColor: colours.viewers, progressColor: colours.viewers },
  ]
}

/** Pixels that a letter takes at most: a Chinese one. */
const LETTER = 12

/** A label right of where its span begins; left of where it ends where there is no room. */
function labelled(mark: Mark, isLate: boolean): HTMLElement {
  const label = document.createElement('span')
  label.textContent = mark.label
  // It stands inside wavesurfer's shadow root, where no style of the page reaches.
  label.style.cssText = 'font:12px/1.4 system-ui,sans-serif;color:#cbb6bb;background:#1b1117cc;padding:0 5px;border-radius:4px;white-space:nowrap'
  if (isLate) label.style.cssText += ';position:absolute;right:0'
  return label
}

export function drawWave(
  container: HTMLElement,
  tracks: Tracks,
  colours: WaveColours,
  /** Pixels of each side. */
  height: number,
  heard: { seek(seconds: number): void; place(id: string): void },
): Wave {
  const regions = Regions.create()
  const wave = WaveSurfer.create({
    container,
    height,
    peaks: tracks.channels,
    duration: tracks.duration,
    splitChannels: channels(colours),
    barWidth: 2,
    barGap: 1,
    barRadius: 1,
    normalize: false,
    maxPeak: 1,
    barHeight: 1.15,
    cursorColor: colours.cursor,
    cursorWidth: 2,
    dragToSeek: { debounceTime: 0 },
    autoScroll: true,
    autoCenter: true,
    plugins: [regions],
  })
  let marks: readonly Mark[] = []
  let isReady = false

  function roomAfter(seconds: number): number {
    return wave.getWrapper().clientWidth * (1 - seconds / tracks.duration)
  }

  function show(): void {
    if (!isReady) return
    regions.clearRegions()
    for (const mark of marks) {
      const end = mark.end > mark.start ? { end: Math.min(mark.end, tracks.duration) } : {}
      const region = regions.addRegion({
        id: mark.id,
        start: mark.start,
        ...end,
        color: mark.colour,
        drag: false,
        resize: false,
        ...(mark.label ? { content: labelled(mark, roomAfter(mark.start) < LETTER * mark.label.length + LETTER) } : {}),
      })
      // Spans lie behind what is pressed.
      if (region.element && !mark.isPlace) region.element.style.pointerEvents = 'none'
    }
  }

  wave.on('interaction', (seconds) => heard.seek(seconds))
  wave.on('ready', () => {
    isReady = true
    show()
  })
  regions.on('region-clicked', (region, event) => {
    event.stopPropagation()
    heard.place(region.id)
  })

  return {
    // The recordings are played by elements of their own: this one only shows where they are.
    move: (seconds, isPlaying) => {
      if (isReady) wave.getRenderer().renderProgress(seconds / tracks.duration, isPlaying)
    },
    mark: (wanted) => {
      marks = wanted
      show()
    },
    zoom: (pixels) => {
      if (isReady) wave.zoom(pixels)
    },
    colour: (wanted) => wave.setOptions({ splitChannels: channels(wanted), cursorColor: wanted.cursor }),
    destroy: () => wave.destroy(),
  }
}
