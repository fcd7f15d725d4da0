/** Remembers what was read for a short while; concurrent readers of one key share one read. */
export interface ReadCache<Value> {
  get(key: string, read: () => Promise<Value>): Promise<Value>
  /** Forgets a key, or everything. */
  forget(key?: string): void
}

/** Makes a cache; `ttlMs` in time of the wall bounds how long another node's change stays unseen. */
export function createReadCache<Value>(ttlMs: number, maxKeys = 5_000): ReadCache<Value> {
  const kept = new Map<string, { value: Promise<Value>; untilMs: number }>()
  return {
    get(key, read) {
      const before = kept.get(key)
      if (before && before.untilMs > performance.now()) return before.value
      const value = read()
      if (kept.size >= maxKeys) kept.delete(kept.keys().next().value!)
      kept.delete(key)
      kept.set(key, { value, untilMs: performance.now() + ttlMs })
      value.catch(() => {
        if (kept.get(key)?.value === value) kept.delete(key)
      })
      return value
    },
    forget(key) {
      if (key === undefined) kept.clear()
      else kept.delete(key)
    },
  }
}
