/** One WebRTC connection: one offer, one answer, one audio transceiver both ways, one data channel. */

import { sendOffer } from '../wire/http'
import type { Command, Incoming } from '../wire/types'

/** Candidates on a local network come within milliseconds; one dead interface must not hold the offer up. */
const GATHERING_MS = 2_000
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
  readonly #connection = new RTCPeerConnection({ iceServers: [] })
  readonly #channel: RTCDataChannel
  readonly #sender: RTCRtpSender
  readonly #abort = new AbortController()
  #lost = false
  #healing: number | undefined
  #opening: number | undefined

  constructor(
    microphone: MediaStream,
    private readonly events: PeerEvents,
  ) {
    const track = microphone.getAudioTracks()[0] ?? 'audio'
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
      await this.#connection.setLocalDescription()
      await this.#gathered()
      const sdp = this.#connection.localDescription?.sdp ?? ''
      const answer = await sendOffer(rehearsalId, { sdp, type: 'offer', client, takeover }, this.#abort.signal)
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

  #gathered(): Promise<void> {
    return new Promise((resolve) => {
      const done = (): void => {
        if (this.#connection.iceGatheringState === 'complete') resolve()
      }
      this.#connection.onicegatheringstatechange = done
      window.setTimeout(resolve, GATHERING_MS)
      done()
    })
  }
}
