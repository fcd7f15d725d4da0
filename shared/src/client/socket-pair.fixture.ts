import type { Rng } from '../domain/index.ts'
import type { LiveSocketLike } from './live-socket.ts'

/** Time that only a test moves. */
export function handTimers(): { nowMs(): number; after(ms: number, task: () => void): () => void; advance(ms: number): void } {
  let nowMs = 0
  let tasks: { atMs: number; task: () => void }[] = []
  return {
    nowMs: () => nowMs,
    after(ms, task) {
      const entry = { atMs: nowMs + ms, task }
      tasks.push(entry)
      return () => {
        tasks = tasks.filter((t) => t !== entry)
      }
    },
    advance(ms) {
      const untilMs = nowMs + ms
      for (;;) {
        const next = tasks.filter((t) => t.atMs <= untilMs).sort((a, b) => a.atMs - b.atMs)[0]
        if (!next) break
        tasks = tasks.filter((t) => t !== next)
        nowMs = Math.max(nowMs, next.atMs)
        next.task()
      }
      nowMs = untilMs
    },
  }
}

/** What a wire does to messages, as shares of them. */
export interface Weather {
  drop: number
  duplicate: number
  /** Up to this many milliseconds late, each by itself: so they overtake each other. */
  delayMs: number
}

/** The server's end of a pair. */
export interface ServerEnd {
  send(data: string | Uint8Array): void
  close(code: number, reason: string): void
  onMessage(data: string | Uint8Array): void
  onClose(): void
}

/** A client's socket and the server's end of it, with weather on the wire that can be changed at any time. */
export function socketPair(
  timers: { after(ms: number, task: () => void): () => void },
  rng: Rng,
  weather: Weather,
): { client: LiveSocketLike; server: ServerEnd } {
  let isOpen = true
  const carry = (deliver: () => void) => {
    const copies = rng() < weather.drop ? 0 : rng() < weather.duplicate ? 2 : 1
    for (let i = 0; i < copies; i++) timers.after(1 + rng() * weather.delayMs, () => isOpen && deliver())
  }
  const end = (code: number, reason: string) => {
    if (!isOpen) return
    isOpen = false
    timers.after(1, () => client.onclose?.({ code, reason }))
    timers.after(1, () => server.onClose())
  }
  const client: LiveSocketLike = {
    binaryType: 'arraybuffer',
    bufferedAmount: 0,
    onopen: null,
    onmessage: null,
    onclose: null,
    onerror: null,
    send: (data) => carry(() => server.onMessage(typeof data === 'string' ? data : data.slice())),
    close: (code = 1000, reason = '') => end(code, reason),
  }
  const server: ServerEnd = {
    send(data) {
      const copy = typeof data === 'string' ? data : data.slice().buffer
      carry(() => client.onmessage?.({ data: copy }))
    },
    close: end,
    onMessage: () => undefined,
    onClose: () => undefined,
  }
  timers.after(1, () => client.onopen?.())
  return { client, server }
}
