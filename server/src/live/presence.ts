import type { ServerMessage } from '@doorstep/shared/contract'
import type { Bus } from '../bus/index.ts'
import type { Clock, Log } from '../platform/index.ts'

/** Somebody on a topic; with a zone's orders also which one they look at. */
export type Present = Extract<ServerMessage, { type: 'presence' }>['present'][number]

interface NodePresence {
  nodeId: string
  topic: string
  present: Present[]
}

/** Who is on which topic, over all nodes: each tells the others its own part when it changes and now and then. */
export interface Presence {
  /** Puts a connection on a topic, or says anew what it looks at. */
  set(zoneId: string, topic: string, connectionId: string, someone: Present): void
  remove(topic: string, connectionId: string): void
  of(topic: string): Present[]
  serveZone(zoneId: string): Promise<() => void>
  stop(): void
}

const TELL_AGAIN_MS = 15_000
/** A node that has said nothing for this long is gone, and who was on it too. */
const FORGET_MS = 40_000

/** Makes the presence of a node; `onChange` is told of topics whose people changed. */
export function createPresence(
  deps: { bus: Bus; clock: Clock; log: Log; nodeId: string },
  onChange: (topic: string, present: Present[]) => void,
): Presence {
  const { bus, clock, nodeId } = deps
  const mine = new Map<string, { zoneId: string; people: Map<string, Present> }>()
  const all = new Map<string, Map<string, { present: Present[]; atMs: number }>>()
  const encoder = new TextEncoder()
  const decoder = new TextDecoder()

  const of = (topic: string) => [...(all.get(topic)?.values() ?? [])].flatMap((node) => node.present)
  const tell = (zoneId: string, topic: string) => {
    const present = [...(mine.get(topic)?.people.values() ?? [])]
    bus.send(zoneId, 'presence', encoder.encode(JSON.stringify({ nodeId, topic, present } satisfies NodePresence)))
  }
  const hear = (bytes: Uint8Array) => {
    const said = JSON.parse(decoder.decode(bytes)) as NodePresence
    const nodes = all.get(said.topic) ?? new Map<string, { present: Present[]; atMs: number }>()
    const before = JSON.stringify(nodes.get(said.nodeId)?.present ?? [])
    if (said.present.length > 0) nodes.set(said.nodeId, { present: said.present, atMs: clock.nowMs() })
    else nodes.delete(said.nodeId)
    if (nodes.size > 0) all.set(said.topic, nodes)
    else all.delete(said.topic)
    if (before !== JSON.stringify(said.present)) onChange(said.topic, of(said.topic))
  }
  const turn = () => {
    for (const [topic, { zoneId }] of mine) tell(zoneId, topic)
    const beforeMs = clock.nowMs() - FORGET_MS * clock.speed
    for (const [topic, nodes] of all) {
      const silent = [...nodes].filter(([, node]) => node.atMs < beforeMs)
      for (const [id] of silent) nodes.delete(id)
      if (nodes.size === 0) all.delete(topic)
      if (silent.length > 0) onChange(topic, of(topic))
    }
    cancel = clock.after(TELL_AGAIN_MS * clock.speed, turn)
  }
  let cancel = clock.after(TELL_AGAIN_MS * clock.speed, turn)

  return {
    set(zoneId, topic, connectionId, someone) {
      const entry = mine.get(topic) ?? { zoneId, people: new Map<string, Present>() }
      mine.set(topic, entry)
      entry.people.set(connectionId, someone)
      tell(zoneId, topic)
    },
    remove(topic, connectionId) {
      const entry = mine.get(topic)
      if (!entry?.people.delete(connectionId)) return
      if (entry.people.size === 0) mine.delete(topic)
      tell(entry.zoneId, topic)
    },
    of,
    serveZone: (zoneId) => bus.listen(zoneId, 'presence', hear),
    stop: () => cancel(),
  }
}
