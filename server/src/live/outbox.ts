import type { LiveSocket } from './live-socket.ts'

/** Up to here everything is sent at once. */
const ROOMY_BYTES = 64 * 1024
/** Beyond here nothing is sent until the reader has caught up: what a slow reader costs at most. */
const FULL_BYTES = 512 * 1024
/** What is sent to an empty socket and is smaller than this is not listened after: it cannot fill anything. */
const LIGHT_BYTES = 4 * 1024

/** The way out to one reader, bounded in bytes. Who was refused waits for `onRoom` and then sends what is current. */
export interface Outbox {
  /** Sends, or answers false when the reader is too far behind. */
  offer(data: string | Uint8Array): boolean
  /** Sends answers and goodbyes, which are few, whatever waits. */
  force(data: string): void
  isRoomy(): boolean
  bytesWaiting(): number
}

/** An outbox over a socket; `onRoom` is called when there is room again after something was refused or asked for. */
export function createOutbox(socket: LiveSocket, onRoom: () => void): Outbox {
  return new SocketOutbox(socket, onRoom)
}

/** A class, so that the many that never have to wait cost no closures. */
class SocketOutbox implements Outbox {
  readonly #socket: LiveSocket
  readonly #onRoom: () => void
  #isWaitingForRoom = false
  #sent: (() => void) | undefined

  constructor(socket: LiveSocket, onRoom: () => void) {
    this.#socket = socket
    this.#onRoom = onRoom
  }

  offer(data: string | Uint8Array): boolean {
    if (this.#socket.bufferedAmount > FULL_BYTES) {
      this.#isWaitingForRoom = true
      return false
    }
    this.#send(data)
    return true
  }

  force(data: string): void {
    this.#send(data)
  }

  isRoomy(): boolean {
    const isRoomy = this.#socket.bufferedAmount <= ROOMY_BYTES
    if (!isRoomy) this.#isWaitingForRoom = true
    return isRoomy
  }

  bytesWaiting(): number {
    return this.#socket.bufferedAmount
  }

  #send(data: string | Uint8Array): void {
    if (data.length < LIGHT_BYTES && this.#socket.bufferedAmount === 0) return this.#socket.send(data)
    this.#sent ??= () => {
      if (!this.#isWaitingForRoom || this.#socket.bufferedAmount > ROOMY_BYTES) return
      this.#isWaitingForRoom = false
      this.#onRoom()
    }
    this.#socket.send(data, this.#sent)
  }
}
