import {
  createLiveClient,
  type LiveClient,
  type LiveSocketLike,
  type LiveState,
  type TopicListener,
} from '@doorstep/shared/client'
import { useEffect, useRef } from 'react'
import { create, type StoreApi, type UseBoundStore } from 'zustand'
import type { ServerClock } from './server-clock.ts'

/** The view's one live connection; it is opened with the first topic and closed some time after the last. */
export interface Live {
  /** What to tell the person; `idle` while nothing is followed. */
  use: UseBoundStore<StoreApi<{ state: LiveState | 'idle' }>>
  /** Follows a topic that nobody on this page follows yet; answers how to stop. */
  follow(topic: string, listener: TopicListener): () => void
  /** The connection itself while there is one: for what is sent over it. */
  client(): LiveClient | undefined
  /** Starts anew, as somebody else: after signing in or out. */
  restart(): void
}

/** Leaving one page for the next keeps the connection this long. */
const KEEP_MS = 15_000

/** Makes the live connection of a view named as in the protocol: customer, driver-app, merchant-app. */
export function createLive(name: string, clock: ServerClock, onSignedOut: () => void): Live {
  const use = create<{ state: LiveState | 'idle' }>(() => ({ state: 'idle' }))
  const followed = new Map<string, { listener: TopicListener; close?: () => void }>()
  let client: LiveClient | undefined
  let closing: ReturnType<typeof setTimeout> | undefined

  const open = () => {
    clearTimeout(closing)
    client ??= createLiveClient({
      url: `${location.origin.replace(/^http/, 'ws')}/api/v1/live`,
      openSocket: (url, protocol) => new WebSocket(url, protocol) as unknown as LiveSocketLike,
      client: name,
      onState: (state) => {
        use.setState({ state })
        if (state === 'live' && client) clock.set(client.serverNowMs())
      },
      onEnded: (code) => {
        if (code === 4401) onSignedOut()
      },
    })
    return client
  }
  const close = () => {
    client?.close()
    client = undefined
    use.setState({ state: 'idle' })
  }
  addEventListener('online', () => client?.reconnectNow())
  document.addEventListener('visibilitychange', () => {
    if (!document.hidden && client && client.state() !== 'live') client.reconnectNow()
  })

  return {
    use,
    client: () => client,
    follow(topic, listener) {
      followed.get(topic)?.close?.()
      const entry: { listener: TopicListener; close?: () => void } = { listener }
      const opened = open().subscribe(topic, listener)
      entry.close = () => opened.close()
      followed.set(topic, entry)
      return () => {
        if (followed.get(topic) !== entry) return
        followed.delete(topic)
        entry.close?.()
        if (followed.size === 0) closing = setTimeout(close, KEEP_MS)
      }
    },
    restart() {
      close()
      for (const [topic, entry] of followed) {
        const opened = open().subscribe(topic, entry.listener)
        entry.close = () => opened.close()
      }
    },
  }
}

/** Follows a topic while a component shows it; nothing with null. */
export function useTopic(live: Live, topic: string | null, listener: TopicListener): void {
  const latest = useRef(listener)
  useEffect(() => {
    latest.current = listener
  })
  useEffect(() => {
    if (!topic) return undefined
    return live.follow(topic, {
      onSnapshot: (body) => latest.current.onSnapshot?.(body),
      onChange: (change) => latest.current.onChange?.(change),
      onLocation: (location) => latest.current.onLocation?.(location),
      onPresence: (present) => latest.current.onPresence?.(present),
      onRefused: (code, detail) => latest.current.onRefused?.(code, detail),
    })
  }, [live, topic])
}
