/** All that a connection knows of its socket. */
export interface LiveSocket {
  /** Bytes handed over and not yet taken by the kernel. */
  readonly bufferedAmount: number
  /** Sends text or bytes; `sent` is called once the kernel has them. The bytes must not change afterwards. */
  send(data: string | Uint8Array, sent?: () => void): void
  /** Asks the other end for a sign of life below the protocol, where the transport can. */
  ping?(): void
  close(code: number, reason: string): void
}
