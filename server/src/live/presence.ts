import type { ServerMessage } from '@doorstep/shared/contract'
import type { Bus } from '../bus/index.ts'
import type { Clock, Log } from '../platform/index.ts'

/** Somebody on a topic; with a zone's orders also which one they look at. */
export type Present = Extract<ServerMessage, { type: 'presence' }>['present'][number]

/** What one node tells the others: who is on some of its topics. */
interface NodePresence {
  nodeId: string
  topics: [topic: string, present: Present[]][]
}

interface NodePart {
  present: Present[]
  atMs: number
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
/** What is told again is told in so many parts, so that thousands of topics never hold the event loop up. */
const TURNS = 60
/** A node that has said nothing for this long is gone, and who was on it too. */
const FORGET_MS = 40_000

/** Makes the presence of a node; `onChange` is told of topics whose people changed. */
export function createPresence(
  deps: { bus: Bus; clock: Clock; log: Log; nodeId: string },
  onChange: (topic: string, present: Present[]) => void,
): Presence {
  const { bus, clock, nodeId } = deps
  const mine = new Map<string, { zoneId: string; people: Map<string, Present> }>()
  const all = new Map<string, Map<string, NodePart>>()
  const encoder = new TextEncoder()
  const decoder = new TextDecoder()

  const of = (topic: string) => [...(all.get(topic)?.values() ?? [])].flatMap((node) => node.present)
  const tell = (zoneId: string, names: readonly string[]) => {
    const topics = names.map((topic): [string, Present[]] => [topic, [...(mine.get(topic)?.people.values() ?? [])]])
    bus.send(zoneId, 'presence', encoder.encode(JSON.stringify({ nodeId, topics } satisfies NodePresence)))
  }
  const hearTopic = (from: string, topic: string, present: Present[]) => {
    const nodes = all.get(topic) ?? new Map<string, NodePart>()
    const before = JSON.stringify(nodes.get(from)?.present ?? [])
    if (present.length > 0) nodes.set(from, { present, atMs: clock.nowMs() })
    else nodes.delete(from)
    if (nodes.size > 0) all.set(topic, nodes)
    else all.delete(topic)
    if (before !== JSON.stringify(present)) onChange(topic, of(topic))
  }
  const hear = (bytes: Uint8Array) => {
    const said = JSON.parse(decoder.decode(bytes)) as NodePresence
    for (const [topic, present] of said.topics) hearTopic(said.nodeId, topic, present)
  }
  const tellAgain = rounds(mine)
  const lookAgain = rounds(all)
  const turn = () => {
    for (const [zoneId, entries] of Map.groupBy(tellAgain(), ([, { zoneId: id }]) => id)) {
      const names = entries.map(([topic]) => topic)
      tell(zoneId, names)
    }
    const beforeMs = clock.nowMs() - FORGET_MS * clock.speed
    for (const [topic, nodes] of lookAgain()) {
      const silent = [...nodes].filter(([, node]) => node.atMs < beforeMs)
      for (const [id] of silent) nodes.delete(id)
      if (nodes.size === 0) all.delete(topic)
      if (silent.length > 0) onChange(topic, of(topic))
    }
    cancel = clock.after((TELL_AGAIN_MS / TURNS) * clock.speed, turn)
  }
  let cancel = clock.after((TELL_AGAIN_MS / TURNS) * clock.speed, turn)

  return {
    set(zoneId, topic, connectionId, someone) {
      const entry = mine.get(topic) ?? { zoneId, people: new Map<string, Present>() }
      mine.set(topic, entry)
      entry.people.set(connectionId, someone)
      tell(zoneId, [topic])
    },
    remove(topic, connectionId) {
      const entry = mine.get(topic)
      if (!entry?.people.delete(connectionId)) return
      if (entry.people.size === 0) mine.delete(topic)
      tell(entry.zoneId, [topic])
    },
    of,
    serveZone: (zoneId) => bus.listen(zoneId, 'presence', hear),
    stop: () => cancel(),
  }
}

/** The entries of a map round after round, a part of them at each call and what is left at the last of a round. */
function rounds<Value>(map: ReadonlyMap<string, Value>): () => [string, Value][] {
  let entries = map.entries()
  let call = 0
  return () => {
    if (call === 0) entries = map.entries()
    call = (call + 1) % TURNS
    const most = call === 0 ? Number.POSITIVE_INFINITY : Math.ceil(map.size / TURNS)
    const part: [string, Value][] = []
    while (part.length < most) {
      const next = entries.next()
      if (next.done) break
      part.push(next.value)
    }
    return part
  }
}
