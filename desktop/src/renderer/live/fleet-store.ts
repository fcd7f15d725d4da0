import { createFleetSlots, FLEET_STATE, type FleetSlots, type FleetState, growFleetSlots } from '@doorstep/shared/map/fleet'

/** The live fleet outside React: which driver sits in which slot of the typed arrays that the map draws from. */
export interface FleetStore {
  readonly slots: FleetSlots
  slotOf(driverId: string): number | undefined
  driverAt(slot: number): string | undefined
  /** The slot of a driver, given one if it has none yet. */
  seat(driverId: string): number
  /** Takes a fix; the slot counts as changed until the next `takeChanged`. */
  move(driverId: string, lat: number, lon: number, courseDeg: number | null, fixAtMs: number): void
  /** Takes a driver off the map. */
  remove(driverId: string): void
  /** Frees the slots of drivers that are gone. */
  keepOnly(driverIds: ReadonlySet<string>): void
  /** Sets what a driver's mark shows; answers whether that differs from before. */
  show(driverId: string, state: FleetState, dimmed: boolean): boolean
  /** Slots moved since the last call. */
  takeChanged(): Uint32Array
  /** Hears of moves, at most once a frame. */
  onMoved(listener: () => void): () => void
}

/** An empty fleet; `schedule` is the next animation frame unless a test brings its own. */
export function createFleetStore(schedule: (task: () => void) => void = (task) => requestAnimationFrame(task)): FleetStore {
  const slots = createFleetSlots(256)
  const seats = new Map<string, number>()
  const names: (string | undefined)[] = []
  const free: number[] = []
  const listeners = new Set<() => void>()
  let changed = new Set<number>()
  let isScheduled = false

  const seat = (driverId: string): number => {
    const known = seats.get(driverId)
    if (known !== undefined) return known
    const slot = free.pop() ?? slots.count++
    if (slot >= slots.state.length) growFleetSlots(slots, slots.state.length * 2)
    seats.set(driverId, slot)
    names[slot] = driverId
    return slot
  }
  const touch = (slot: number) => {
    changed.add(slot)
    if (isScheduled) return
    isScheduled = true
    schedule(() => {
      isScheduled = false
      for (const listener of listeners) listener()
    })
  }

  const remove = (driverId: string) => {
    const slot = seats.get(driverId)
    if (slot === undefined) return
    seats.delete(driverId)
    names[slot] = undefined
    slots.state[slot] = FLEET_STATE.none
    slots.courseDeg[slot] = Number.NaN
    free.push(slot)
    touch(slot)
  }

  return {
    slots,
    slotOf: (driverId) => seats.get(driverId),
    driverAt: (slot) => names[slot],
    seat,
    move(driverId, lat, lon, courseDeg, fixAtMs) {
      const slot = seat(driverId)
      slots.lat[slot] = lat
      slots.lon[slot] = lon
      slots.fixAtMs[slot] = fixAtMs
      if (courseDeg !== null) slots.courseDeg[slot] = courseDeg
      if (slots.state[slot] === FLEET_STATE.none) slots.state[slot] = FLEET_STATE.idle
      touch(slot)
    },
    remove,
    keepOnly(driverIds) {
      for (const driverId of seats.keys()) if (!driverIds.has(driverId)) remove(driverId)
    },
    show(driverId, state, dimmed) {
      const slot = seats.get(driverId)
      if (slot === undefined) return false
      if (slots.state[slot] === state && slots.dimmed[slot] === Number(dimmed)) return false
      slots.state[slot] = state
      slots.dimmed[slot] = Number(dimmed)
      return true
    },
    takeChanged() {
      const taken = Uint32Array.from(changed)
      changed = new Set()
      return taken
    },
    onMoved(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}
