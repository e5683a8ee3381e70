/** One WebRTC connection: one offer, one answer, one audio transceiver both ways, one data channel. */

import { sendOffer } from '../wire/http'
import type { Command, Incoming } from '../wire/types'
import { linkStats, type LinkStats } from './link-stats'
import { cancelsEcho } from './microphone'

/** Candidates on a local network come within milliseconds; one dead interface must not hold the offer up. */
const GATHERING_MS = 2_000
/**
 * Chromium without any network (flight mode, no cable) begins to gather for the first connection of a page and never
 * goes on: no candidate, no end. A second connection, made while the first is still open, gathers in 0.12 s.
 */
const STUCK_MS = 500
/** A `disconnected` connection often heals by itself. */
const HEALING_MS = 2_500
const OPENING_MS = 12_000

export interface PeerEvents {
  onOpen(): void
  onMessage(message: Incoming): void
  onVoices(stream: MediaStream): void
  /** Called once, when the connection is of no more use. */
  onLost(): void
}

export class Peer {
  #connection!: RTCPeerConnection
  #channel!: RTCDataChannel
  #sender!: RTCRtpSender
  readonly #abort = new AbortController()
  #lost = false
  #healing: number | undefined
  #opening: number | undefined

  constructor(
    private readonly microphone: MediaStream,
    private readonly events: PeerEvents,
  ) {
    this.#build()
  }

  #build(): void {
    const { microphone, events } = this
    const track = microphone.getAudioTracks()[0] ?? 'audio'
    this.#connection = new RTCPeerConnection({ iceServers: [] })
    const transceiver = this.#connection.addTransceiver(track, { direction: 'sendrecv', streams: [microphone] })
    this.#sender = transceiver.sender
    this.#channel = this.#connection.createDataChannel('events', { ordered: true })
    this.#channel.onopen = () => this.#opened()
    this.#channel.onclose = () => this.#lose()
    this.#channel.onmessage = (message: MessageEvent<string>) => {
      events.onMessage(JSON.parse(message.data) as Incoming)
    }
    this.#connection.ontrack = (event) => events.onVoices(event.streams[0] ?? new MediaStream([event.track]))
    this.#connection.onconnectionstatechange = () => this.#changed()
  }

  /**
   * Offer and take the answer.
   *
   * @throws ApiError if the server refuses; the peer is then closed.
   */
  async connect(rehearsalId: string, client: string, takeover: boolean): Promise<void> {
    try {
      await this.#prepare()
      const sdp = this.#connection.localDescription?.sdp ?? ''
      const echo_cancellation = cancelsEcho(this.microphone)
      const offer = { sdp, type: 'offer' as const, client, takeover, echo_cancellation }
      const answer = await sendOffer(rehearsalId, offer, this.#abort.signal)
      if (this.#lost) return
      await this.#connection.setRemoteDescription(answer)
      this.#opening = window.setTimeout(() => this.#lose(), OPENING_MS)
    } catch (error) {
      this.close()
      throw error
    }
  }

  send(command: Command): boolean {
    if (this.#channel.readyState !== 'open') return false
    this.#channel.send(JSON.stringify(command))
    return true
  }

  /** Go on with another microphone without a new connection. */
  async replaceMicrophone(microphone: MediaStream): Promise<void> {
    await this.#sender.replaceTrack(microphone.getAudioTracks()[0] ?? null)
  }

  async stats(): Promise<LinkStats> {
    const entries: { readonly [name: string]: unknown }[] = []
    const report = await this.#connection.getStats()
    report.forEach((entry: { readonly [name: string]: unknown }) => entries.push(entry))
    return linkStats(entries)
  }

  /** Close without telling `onLost`. Idempotent. */
  close(): void {
    this.#lost = true
    window.clearTimeout(this.#healing)
    window.clearTimeout(this.#opening)
    this.#abort.abort()
    this.#channel.close()
    this.#connection.close()
  }

  #opened(): void {
    window.clearTimeout(this.#opening)
    this.events.onOpen()
  }

  #lose(): void {
    if (this.#lost) return
    this.close()
    this.events.onLost()
  }

  #changed(): void {
    window.clearTimeout(this.#healing)
    const state = this.#connection.connectionState
    if (state === 'failed' || state === 'closed') this.#lose()
    if (state === 'disconnected') this.#healing = window.setTimeout(() => this.#lose(), HEALING_MS)
  }

  /** Make an offer with its candidates, on a further connection if this one is stuck. */
  async #prepare(): Promise<void> {
    const stuck: RTCPeerConnection[] = []
    try {
      for (let leftMs = GATHERING_MS; leftMs > 0; leftMs -= STUCK_MS) {
        await this.#connection.setLocalDescription()
        if (await this.#gathered(STUCK_MS)) return
        if (this.#lost || /^a=candidate/m.test(this.#connection.localDescription?.sdp ?? '')) {
          await this.#gathered(leftMs - STUCK_MS)
          return
        }
        stuck.push(this.#connection)
        this.#connection.onconnectionstatechange = this.#channel.onclose = null
        this.#build()
      }
      await this.#connection.setLocalDescription()
    } finally {
      stuck.forEach((connection) => connection.close())
    }
  }

  /** Wait for the last candidate, but no longer than that; return whether it came. */
  #gathered(longestMs: number): Promise<boolean> {
    const connection = this.#connection
    return new Promise((resolve) => {
      const done = (): void => {
        if (connection.iceGatheringState === 'complete') resolve(true)
      }
      connection.onicegatheringstatechange = done
      window.setTimeout(() => resolve(false), longestMs)
      done()
    })
  }
}
