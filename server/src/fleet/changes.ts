import type { Fleet } from './fleet.ts'

/** Visits every slot that changed since the last time, once each, and forgets the changes. It has one reader: the live gateway. */
export function drainChanges(fleet: Fleet, visit: (slot: number) => void): void {
  const { changed } = fleet
  for (let i = 0; i < changed.count; i++) {
    const slot = changed.slots[i]!
    changed.flags[slot] = 0
    visit(slot)
  }
  changed.count = 0
}
