/** Remembers the last `size` ids, so that an event appended again is known. */
export function recentIds(size: number): { isNew(id: string): boolean } {
  const known = new Set<string>()
  return {
    isNew(id) {
      if (known.has(id)) return false
      known.add(id)
      if (known.size > size) known.delete(known.values().next().value as string)
      return true
    },
  }
}
