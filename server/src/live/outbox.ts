import type { LiveSocket } from './live-socket.ts'

/** Up to here everything is sent at once. */
const ROOMY_BYTES = 64 * 1024
/** Beyond here nothing is sent until the reader has caught up: what a slow reader costs at most. */
const FULL_BYTES = 512 * 1024

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
  let isWaitingForRoom = false
  const sent = () => {
    if (!isWaitingForRoom || socket.bufferedAmount > ROOMY_BYTES) return
    isWaitingForRoom = false
    onRoom()
  }
  return {
    offer(data) {
      if (socket.bufferedAmount > FULL_BYTES) {
        isWaitingForRoom = true
        return false
      }
      socket.send(data, sent)
      return true
    },
    force: (data) => socket.send(data, sent),
    isRoomy() {
      const isRoomy = socket.bufferedAmount <= ROOMY_BYTES
      if (!isRoomy) isWaitingForRoom = true
      return isRoomy
    },
    bytesWaiting: () => socket.bufferedAmount,
  }
}
