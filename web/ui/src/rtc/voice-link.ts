/** The room by voice: a peer connection that is replaced, with backoff, whenever it is lost. */

import { ApiError } from '../wire/http'
import type { Command, CommandRefused, Incoming, RoomRecord } from '../wire/types'
import { backoffMs } from './backoff'
import { clientId } from './client-id'
import type { Link, LinkEvents } from './link'
import type { LinkStats } from './link-stats'
import { microphoneUsed } from './microphone'
import { Peer } from './peer'

const PING_MS = 2_500
/** Pongs missing for this long mean a dead path, before the browser itself notices. */
const SILENCE_MS = 9_000
/** Last words of the server on a connection; losing it is all there is to see of them. */
const PARTING = new Set(['replaced', 'closing'])

export class VoiceLink implements Link {
  #peer: Peer | null = null
  #closed = false
  #attempt = 0
  #retry: number | undefined
  #ping: number | undefined
  #lastPong = 0
  /** Sequence number after which a gap was already reported, so that it is asked for once. */
  #askedFor = -1
  /** Commands given while the connection was away. */
  #waiting: Command[] = []

  constructor(
    private readonly rehearsalId: string,
    private microphone: MediaStream,
    private readonly events: LinkEvents,
    private readonly onVoices: (stream: MediaStream) => void,
  ) {}

  start(takeover = false): void {
    window.addEventListener('online', this.#now)
    this.events.onState('connecting')
    void this.#connect(takeover)
  }

  send(command: Command): void {
    if (!this.#peer?.send(command)) this.#waiting.push(command)
  }

  takeOver(): void {
    this.#attempt = 0
    this.events.onState('connecting')
    void this.#connect(true)
  }

  async replaceMicrophone(microphone: MediaStream): Promise<void> {
    this.microphone = microphone
    await this.#peer?.replaceMicrophone(microphone)
    this.#peer?.send(microphoneUsed(microphone))
  }

  async stats(): Promise<LinkStats | null> {
    return (await this.#peer?.stats()) ?? null
  }

  close(): void {
    this.#closed = true
    window.removeEventListener('online', this.#now)
    this.#drop()
  }

  readonly #now = (): void => {
    if (this.#retry === undefined) return
    this.#drop()
    void this.#connect(false)
  }

  #drop(): void {
    window.clearTimeout(this.#retry)
    this.#retry = undefined
    window.clearInterval(this.#ping)
    this.#peer?.close()
    this.#peer = null
  }

  async #connect(takeover: boolean): Promise<void> {
    this.#drop()
    const client = await clientId()
    if (this.#closed) return
    const peer = new Peer(this.microphone, {
      onOpen: () => this.#opened(peer),
      onMessage: (message) => this.#read(message),
      onVoices: this.onVoices,
      onLost: () => this.#again(),
    })
    this.#peer = peer
    try {
      await peer.connect(this.rehearsalId, client, takeover)
    } catch (error) {
      if (!this.#closed && this.#peer === peer) this.#refused(error)
    }
  }

  #opened(peer: Peer): void {
    this.#attempt = 0
    this.#askedFor = -1
    this.#lastPong = performance.now()
    peer.send({ type: 'since', seq: this.events.nextSeq() })
    peer.send(microphoneUsed(this.microphone))
    for (const command of this.#waiting.splice(0)) peer.send(command)
    this.events.onState('connected')
    this.#ping = window.setInterval(() => this.#beat(), PING_MS)
    this.#beat()
  }

  #beat(): void {
    if (performance.now() - this.#lastPong > SILENCE_MS) return this.#again()
    this.#peer?.send({ type: 'ping', t: performance.now() })
  }

  #read(message: Incoming): void {
    if ('seq' in message) return this.#take(message)
    if (message.type === 'error') return this.#told(message)
    this.#lastPong = performance.now()
    const roundTripMs = performance.now() - message.t
    this.events.onTime(message.at + roundTripMs / 2000, roundTripMs)
  }

  /** The server refuses a command, or says why it is about to close this connection. */
  #told(refused: CommandRefused): void {
    if (refused.code === 'taken_over') this.#stop('other_tab')
    else if (!PARTING.has(refused.code)) this.events.onRefused(refused)
  }

  #take(record: RoomRecord): void {
    const expected = this.events.nextSeq()
    if (record.seq > expected && this.#askedFor !== expected) {
      this.#askedFor = expected
      this.send({ type: 'since', seq: expected })
    }
    this.events.onTime(record.at, null)
    this.events.onRecord(record)
  }

  #refused(error: unknown): void {
    const status = error instanceof ApiError ? error.status : 0
    if (status === 409) return this.#stop('other_tab')
    if (status === 410 || status === 404) return this.#stop('gone')
    this.#again()
  }

  #stop(state: 'other_tab' | 'gone'): void {
    this.#drop()
    this.events.onState(state)
  }

  #again(): void {
    if (this.#closed) return
    this.#drop()
    this.events.onState('reconnecting')
    this.#retry = window.setTimeout(() => void this.#connect(false), backoffMs(this.#attempt))
    this.#attempt += 1
  }
}
