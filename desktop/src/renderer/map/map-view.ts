import type * as MapModule from '@doorstep/shared/map'
import type { DoorstepMap, FleetLayer, MapTheme, PlaceLayers, RouteLayer } from '@doorstep/shared/map'
import { clockSpan, numberParts, shortName, type ZoneTime, zoneTime } from '../board/format.ts'
import { followDrag, offerDropMap } from '../drag/drag-orders.ts'
import type { FleetCell } from '../live/apply-frame.ts'
import type { Console } from '../live/console-context.ts'
import type { ConsoleState } from '../live/console-store.ts'
import { selectedDriverId } from '../live/follow-route.ts'
import { createMarks } from './fleet-marks.ts'
import { createLabels, type Labels, type LabelText } from './map-labels.ts'
import { shownRoute } from './shown-route.ts'

/** What the map's own buttons can switch. */
export type MapPart = 'drivers' | 'orders' | 'merchants' | 'zones'

/** The live map: everything between the console's state and MapLibre, outside React. */
export interface MapView {
  setTheme(theme: MapTheme): void
  setVisible(part: MapPart, visible: boolean): void
  zoomBy(steps: number): void
  /** The whole city. */
  fitCity(): void
  /** Whatever is selected, with its route. */
  fitSelection(): void
  showCells(cells: FleetCell[]): void
  resize(): void
  remove(): void
}

export interface MapViewDeps {
  module: typeof MapModule
  container: HTMLElement
  labelBox: HTMLElement
  console: Console
  /** What a driver does by the latest frame. */
  doing: (driverId: string) => number
  onView: (view: { bounds: [number, number, number, number]; zoom: number }) => void
}

interface Parts {
  doorstep: DoorstepMap
  fleet: FleetLayer
  places: PlaceLayers
  route: RouteLayer
  labels: Labels
}

/** Builds the map and keeps it in step with the store until removed. */
export async function createMapView(deps: MapViewDeps): Promise<MapView> {
  const { console } = deps
  const { store, fleet: fleetStore, tick } = console
  const parts = await buildParts(deps)
  const { doorstep, fleet, places, route, labels } = parts
  const { map } = doorstep
  const offs = [
    fleetStore.onMoved(() => fleet.update(fleetStore.slots, fleetStore.takeChanged())),
    tick.subscribe(() => restate(deps, parts)),
    followSelection(deps, parts),
    followPlaces(deps, parts),
    listenToPointer(deps, parts),
  ]
  fleet.update(fleetStore.slots)
  restate(deps, parts)
  const tellView = () => {
    const b = map.getBounds()
    deps.onView({ bounds: [b.getWest(), b.getSouth(), b.getEast(), b.getNorth()], zoom: map.getZoom() })
  }
  map.on('moveend', tellView)
  map.on('render', () => labels.place())
  tellView()
  return {
    setTheme: (theme) => doorstep.setTheme(theme),
    setVisible(part, visible) {
      if (part === 'drivers') map.setLayoutProperty('fleet', 'visibility', visible ? 'visible' : 'none')
      else places.setVisible(part === 'orders' ? 'drops' : part, visible)
      if (part === 'drivers') labels.setVisible(visible)
    },
    zoomBy: (steps) => map.easeTo({ zoom: map.getZoom() + steps, duration: 200 }),
    fitCity() {
      const bounds = store.getState().about?.city.bounds
      if (bounds) map.fitBounds([...bounds] as [number, number, number, number], { padding: 24 })
    },
    fitSelection: () => fitSelection(deps, parts),
    showCells: (cells) => places.setCells(cells),
    resize: () => map.resize(),
    remove() {
      for (const off of offs) off()
      route.show(undefined)
      doorstep.remove()
    },
  }
}

async function buildParts({ module, container, labelBox, console }: MapViewDeps): Promise<Parts> {
  const { store, clock, theme, bridge } = console
  const { city } = store.getState().about ?? { city: undefined }
  if (!city) throw new Error('The map needs to know its city')
  const now = theme.store.getState().theme
  const doorstep = module.createMap(container, {
    theme: now,
    tilesUrl: new URL(city.tilesUrl, `${bridge.serverUrl()}/`).href.replaceAll('%7B', '{').replaceAll('%7D', '}'),
    bounds: city.bounds,
    center: city.centre,
    zoom: 13.4,
    attribution: city.attribution,
    label: `Live map of ${city.title}`,
  })
  await doorstep.ready
  const places = doorstep.keep(module.addPlaceLayers(doorstep.map, now))
  const route = doorstep.keep(module.addRouteLayer(doorstep.map, now))
  const fleet = doorstep.addCustom(
    module.createFleetLayer({
      origin: city.centre,
      theme: now,
      serverNowMs: clock.nowMs,
      ...(module.prefersLessMotion() ? { glideMs: 0 } : {}),
    }),
  )
  doorstep.setTheme(theme.store.getState().theme)
  return { doorstep, fleet, places, route, labels: createLabels(labelBox) }
}

/** Sets what each driver's mark shows, and the words beside those that need some. */
function restate({ module, console, doing }: MapViewDeps, { fleet, labels, doorstep }: Parts): void {
  const { store, fleet: fleetStore, clock } = console
  const state = store.getState()
  const nowMs = clock.nowMs()
  const marks = createMarks(state, nowMs)
  const selectedId = selectedDriverId(state)
  const lit = litDrivers(state)
  const proposed = proposalLabels(state, nowMs)
  const shown = new Map<number, LabelText>()
  let changed = false
  for (let slot = 0; slot < fleetStore.slots.count; slot++) {
    const driverId = fleetStore.driverAt(slot)
    if (!driverId) continue
    const mark = marks.stateOf(driverId, doing(driverId))
    const dimmed = lit !== null && !lit.has(driverId)
    if (fleetStore.show(driverId, mark, dimmed)) changed = true
    const isSelected = driverId === selectedId
    if (dimmed && !isSelected) continue
    const label = marks.labelOf(driverId, mark, fleetStore.slots.fixAtMs[slot] ?? 0)
    const text = label?.text ?? (isSelected ? state.drivers.get(driverId)?.name : undefined)
    const offer = proposed.get(driverId)
    if (offer) shown.set(slot, { text: text ? `${text}, ${offer.text}` : offer.text, isAct: false, rank: offer.rank })
    else if (text)
      shown.set(slot, { text, isAct: mark === module.FLEET_STATE.act, rank: isSelected ? 10_000 : (label?.rank ?? 0) })
  }
  if (changed) fleet.restate(fleetStore.slots)
  else doorstep.map.triggerRepaint()
  labels.show(shown, (slot) => fleet.screenPosition(slot))
}

/** Beside whom the planner proposes: for the selected order, or for all of them while their chip is on. */
function proposalLabels(state: ConsoleState, nowMs: number): Map<string, { text: string; rank: number }> {
  const labels = new Map<string, { text: string; rank: number }>()
  for (const order of state.orders.values()) {
    if (!order.proposal || order.endedAtMs !== null) continue
    const isSelected = state.selection?.id === order.id
    if (!isSelected && state.exception !== 'proposal') continue
    const { driverId, actsAtMs } = order.proposal
    const name = shortName(state.drivers.get(driverId)?.name ?? '')
    const left = actsAtMs === null ? '?' : ` in ${clockSpan(Math.max(0, actsAtMs - nowMs))}`
    const rank = isSelected ? 9_500 : 600
    if ((labels.get(driverId)?.rank ?? 0) < rank)
      labels.set(driverId, { text: `${name} for ${numberParts(order.number)[1]}${left}`, rank })
  }
  return labels
}

/** Drivers that the exception in the light is about; null when none is on. */
function litDrivers(state: ConsoleState): Set<string> | null {
  if (!state.exception) return null
  const lit = new Set<string>()
  if (state.exception === 'proposal') {
    for (const order of state.orders.values()) if (order.proposal) lit.add(order.proposal.driverId)
    return lit
  }
  for (const alert of state.alerts) {
    if (alert.class !== state.exception) continue
    if (alert.driverId) lit.add(alert.driverId)
    for (const id of alert.orderIds) {
      const driverId = state.orders.get(id)?.driverId
      if (driverId) lit.add(driverId)
    }
  }
  return lit
}

function followSelection(deps: MapViewDeps, parts: Parts): () => void {
  const { store, fleet: fleetStore, tick } = deps.console
  let ridden: [number, number][] = []
  let lastDriver: string | null = null
  const draw = () => {
    const state = store.getState()
    const driverId = selectedDriverId(state)
    const slot = driverId ? (fleetStore.slotOf(driverId) ?? -1) : -1
    parts.fleet.select(slot)
    if (driverId !== lastDriver) ridden = []
    lastDriver = driverId
    parts.route.show(shownRoute(state, ridden, timeOf(state), (id) => placeOf(deps.console, id)))
  }
  const trace = () => {
    const slot = lastDriver ? fleetStore.slotOf(lastDriver) : undefined
    if (slot === undefined) return
    const here: [number, number] = [fleetStore.slots.lon[slot] ?? 0, fleetStore.slots.lat[slot] ?? 0]
    const before = ridden.at(-1)
    if (before && before[0] === here[0] && before[1] === here[1]) return
    ridden = [...ridden.slice(-600), here]
    draw()
  }
  let before = store.getState()
  const offStore = store.subscribe((state) => {
    const isSelected = state.selection !== before.selection || state.exception !== before.exception
    const id = state.selection?.id ?? ''
    const isOver = state.drag?.overDriverId !== before.drag?.overDriverId
    const isSame = !isSelected && !isOver && state.route === before.route && state.orders.get(id) === before.orders.get(id)
    if (isOver) showTarget(deps, parts, state.drag?.overDriverId ?? null)
    before = state
    if (isSame) return
    draw()
    if (!isSelected) return
    restate(deps, parts)
    bringIntoView(deps, parts)
  })
  const offTick = tick.subscribe(trace)
  draw()
  return () => {
    offStore()
    offTick()
  }
}

/** Where a driver is by the latest fix, as [lon, lat]. */
function placeOf({ store, fleet }: Console, driverId: string): [number, number] | undefined {
  const slot = fleet.slotOf(driverId)
  if (slot !== undefined) return [fleet.slots.lon[slot] ?? 0, fleet.slots.lat[slot] ?? 0]
  const place = store.getState().drivers.get(driverId)?.place
  return place ? [place.lon, place.lat] : undefined
}

/** Names the driver over whom orders are held. */
function showTarget({ console }: MapViewDeps, { fleet, labels }: Parts, driverId: string | null): void {
  const slot = driverId ? console.fleet.slotOf(driverId) : undefined
  const name = driverId ? console.store.getState().drivers.get(driverId)?.name : undefined
  labels.hover(slot !== undefined && name ? { slot, text: name } : null, (at) => fleet.screenPosition(at))
}

let times: { zone: string; time: ZoneTime } | undefined

function timeOf({ zone, about }: ConsoleState): ZoneTime {
  const name = zone?.timeZone ?? about?.city.timeZone ?? 'UTC'
  if (times?.zone !== name) times = { zone: name, time: zoneTime(name) }
  return times.time
}

/** With more open orders than this the pair lines would be a web, and only the selected order's is drawn. */
const MOST_PAIRS = 40

/** Quiet marks of everything open: merchants, drops and the pairs between them, at most once a second. */
function followPlaces({ console: { store, tick } }: MapViewDeps, { places }: Parts): () => void {
  let shown: Pick<ConsoleState, 'orders' | 'merchants' | 'zoneRings'> | undefined
  const draw = () => {
    const state = store.getState()
    if (state.orders !== shown?.orders) {
      const open = [...state.orders.values()].filter((order) => order.endedAtMs === null)
      places.setDrops(open.map((order) => ({ id: order.id, ...order.dropPlace })))
      const pairs = open.length <= MOST_PAIRS ? open : []
      places.setPairs(pairs.map((order) => [order.merchantPlace, order.dropPlace] as const))
    }
    if (state.merchants !== shown?.merchants || state.orders !== shown?.orders) {
      const cooking = new Set(
        [...state.orders.values()].filter((order) => order.endedAtMs === null).map((order) => order.merchantId as string),
      )
      places.setMerchants(state.merchants.map((merchant) => ({ ...merchant, isQuiet: !cooking.has(merchant.id) })))
    }
    if (state.zoneRings !== shown?.zoneRings) places.setZones(state.zoneRings ? [state.zoneRings] : [])
    shown = state
  }
  draw()
  return tick.subscribe(draw)
}

function listenToPointer({ console }: MapViewDeps, { doorstep, fleet, labels }: Parts): () => void {
  const { store, actions, fleet: fleetStore } = console
  const { map } = doorstep
  const driverAt = (point: { x: number; y: number }) => {
    const slot = fleet.pick(point)
    return slot < 0 ? undefined : { slot, id: fleetStore.driverAt(slot) }
  }
  const markAt = (point: { x: number; y: number }) => {
    const box: [[number, number], [number, number]] = [
      [point.x - 6, point.y - 6],
      [point.x + 6, point.y + 6],
    ]
    const mark = map.queryRenderedFeatures(box, { layers: ['place-drops', 'place-merchants'] })[0]
    return mark && { isDrop: mark.layer.id === 'place-drops', id: String(mark.properties['id']) }
  }
  map.on('click', ({ point }) => {
    const driver = driverAt(point)
    if (driver?.id) return actions.select({ kind: 'driver', id: driver.id })
    const mark = markAt(point)
    if (!mark) return actions.select(null)
    if (mark.isDrop) return actions.select({ kind: 'order', id: mark.id })
    // A merchant shows its orders in the queue; a second click shows all again.
    actions.setFilter({ merchantId: store.getState().filter.merchantId === mark.id ? '' : mark.id })
  })
  map.on('mousedown', (e) => {
    const mark = driverAt(e.point) ? undefined : markAt(e.point)
    if (!mark?.isDrop) return
    e.preventDefault()
    followDrag(console, e.originalEvent, mark.id)
  })
  map.on('mousemove', ({ point }) => {
    if (store.getState().drag) return
    const driver = driverAt(point)
    const name = driver?.id ? store.getState().drivers.get(driver.id)?.name : undefined
    map.getCanvas().style.cursor = driver || markAt(point) ? 'pointer' : ''
    labels.hover(driver && name ? { slot: driver.slot, text: name } : null, (slot) => fleet.screenPosition(slot))
  })
  return offerDropMap({
    driverAt(clientX, clientY) {
      const box = map.getCanvas().getBoundingClientRect()
      return driverAt({ x: clientX - box.left, y: clientY - box.top })?.id ?? null
    },
  })
}

/** Where the selection is: both ends of the order, its driver, and the way ahead. */
function selectionPoints(console: Console): [number, number][] {
  const state = console.store.getState()
  const points: [number, number][] = []
  const order = state.selection?.kind === 'order' ? state.orders.get(state.selection.id) : undefined
  if (order) points.push([order.merchantPlace.lon, order.merchantPlace.lat], [order.dropPlace.lon, order.dropPlace.lat])
  const driverId = selectedDriverId(state)
  const place = placeOf(console, driverId ?? order?.proposal?.driverId ?? '')
  if (place) points.push(place)
  return driverId && state.route?.driverId === driverId ? [...points, ...(state.route.route?.geometry ?? [])] : points
}

function fitSelection({ console }: MapViewDeps, { doorstep }: Parts): void {
  const points = selectionPoints(console)
  if (points.length === 0) return
  const lons = points.map(([lon]) => lon)
  const lats = points.map(([, lat]) => lat)
  const bounds: [number, number, number, number] = [Math.min(...lons), Math.min(...lats), Math.max(...lons), Math.max(...lats)]
  doorstep.map.fitBounds(bounds, { padding: 80, maxZoom: 16 })
}

/** Moves the map to a new selection only when nothing of it is in view. */
function bringIntoView(deps: MapViewDeps, parts: Parts): void {
  const points = selectionPoints(deps.console)
  const bounds = parts.doorstep.map.getBounds()
  if (points.length > 0 && !points.some((point) => bounds.contains(point))) fitSelection(deps, parts)
}
