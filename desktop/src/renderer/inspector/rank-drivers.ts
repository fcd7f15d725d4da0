import type { BoardDriver } from '@doorstep/shared/contract'
import { distanceM, type LatLon } from '@doorstep/shared/domain'
import { folded } from '../board/filter-queue.ts'

/** Drivers that orders can be given to: online, those with room for all of them first, the nearest first. */
export function pickableDrivers(
  drivers: Iterable<BoardDriver>,
  { near, count, exceptId, text }: { near: LatLon | null; count: number; exceptId: string | null; text: string },
): { driver: BoardDriver; metres: number | null; room: number }[] {
  const words = folded(text).split(/\s+/).filter(Boolean)
  const out: { driver: BoardDriver; metres: number | null; room: number }[] = []
  for (const driver of drivers) {
    if (!driver.isOnline || driver.id === exceptId) continue
    if (!words.every((word) => folded(driver.name).includes(word))) continue
    const metres = near && driver.place ? distanceM(driver.place, near) : null
    out.push({ driver, metres, room: driver.maxOrders - driver.activeOrders })
  }
  const far = Number.POSITIVE_INFINITY
  return out.sort(
    (a, b) =>
      Number(a.room < count) - Number(b.room < count) ||
      (a.metres ?? far) - (b.metres ?? far) ||
      (a.driver.name < b.driver.name ? -1 : 1),
  )
}
