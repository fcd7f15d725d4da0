import { type DBSchema, type IDBPDatabase, openDB } from 'idb'
import type { OutboxEntry } from './outbox-entry.ts'

/** Where the outbox and what the driver last saw are kept; changes of the outbox are one step each, also between tabs. */
export interface OutboxStore {
  read(): Promise<OutboxEntry[]>
  /** Reads, changes and writes in one transaction. */
  change(change: (entries: OutboxEntry[]) => OutboxEntry[]): Promise<OutboxEntry[]>
  /** Something small kept by name, such as the last state of the route. */
  recall(name: string): Promise<unknown>
  keep(name: string, value: unknown): Promise<void>
}

interface Schema extends DBSchema {
  outbox: { key: string; value: OutboxEntry }
  kept: { key: string; value: unknown }
}

/** Opens the store in IndexedDB, one database a driver, so that a shared phone mixes nothing up. */
export function openOutboxStore(driverId: string): OutboxStore {
  const opened: Promise<IDBPDatabase<Schema>> = openDB<Schema>(`doorstep-driver-${driverId}`, 1, {
    upgrade(db) {
      db.createObjectStore('outbox', { keyPath: 'id' })
      db.createObjectStore('kept')
    },
  })
  return {
    read: async () => (await opened).getAll('outbox'),
    async change(change) {
      const tx = (await opened).transaction('outbox', 'readwrite')
      const before = await tx.store.getAll()
      const after = change(before)
      const kept = new Set(after.map((entry) => entry.id))
      await Promise.all([
        ...before.filter((entry) => !kept.has(entry.id)).map((entry) => tx.store.delete(entry.id)),
        ...after.filter((entry) => !before.includes(entry)).map((entry) => tx.store.put(entry)),
        tx.done,
      ])
      return after
    },
    recall: async (name) => (await opened).get('kept', name),
    keep: async (name, value) => {
      await (await opened).put('kept', value, name)
    },
  }
}

/** The same in memory: for tests, and where a browser refuses IndexedDB (private windows of some). */
export function memoryOutboxStore(): OutboxStore {
  let entries: OutboxEntry[] = []
  const kept = new Map<string, unknown>()
  return {
    read: async () => entries,
    change: async (change) => {
      entries = change(entries)
      return entries
    },
    recall: async (name) => kept.get(name),
    keep: async (name, value) => {
      kept.set(name, value)
    },
  }
}
