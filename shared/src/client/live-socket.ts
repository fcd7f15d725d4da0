/** What the live client needs of a WebSocket: the browser's, Node's and the `ws` package's all fit. */
export interface LiveSocketLike {
  binaryType: string
  readonly bufferedAmount: number
  onopen: (() => void) | null
  onmessage: ((event: { data: unknown }) => void) | null
  onclose: ((event: { code: number; reason: string }) => void) | null
  onerror: (() => void) | null
  send(data: string | Uint8Array): void
  close(code?: number, reason?: string): void
}

/** Opens a socket, for instance `(url, protocol) => new WebSocket(url, protocol)`. */
export type OpenSocket = (url: string, protocol: string) => LiveSocketLike

/** Close codes after which connecting again the same way cannot help. */
export const FINAL_CLOSE_CODES: readonly number[] = [4400, 4401, 4403]
