import type { CustomLayerInterface, CustomRenderMethodInput, Map as MapLibreMap } from 'maplibre-gl'
import type { LatLon } from '../domain/index.ts'
import {
  createFleetBuffer,
  drawnAt,
  encodeDrivers,
  encodeState,
  FLEET_STRIDE,
  type FleetBuffer,
  pickDriver,
} from './encode-fleet.ts'
import { GLYPH_SPAN, SELECTION_GLYPH } from './fleet-glyphs.ts'
import { createFleetProgram, deleteFleetProgram, type FleetProgram } from './fleet-program.ts'
import { FLEET_STATE, type FleetSlots } from './fleet-slots.ts'
import { offsetX, offsetY } from './mercator.ts'
import { MAP_PALETTES, type MapPalette, type MapTheme, rgbOf } from './palette.ts'

/** How a fleet layer is made. */
export interface FleetLayerOptions {
  /** The centre of the city: positions are drawn relative to it. */
  origin: LatLon
  theme: MapTheme
  /** The server's clock in milliseconds, which the age of a fix is counted by. */
  serverNowMs: () => number
  /** How long a mark rides from one fix to the next; 0 where motion is unwanted. */
  glideMs?: number
  /** The wall's clock in milliseconds; only tests bring their own. */
  wallNowMs?: () => number
}

/** The moving fleet as one custom layer: positions go from typed arrays to the GPU and nowhere else. */
export interface FleetLayer extends CustomLayerInterface {
  /** Shows the latest fixes of the slots named, or of all. */
  update(slots: FleetSlots, changed?: ArrayLike<number>): void
  /** Shows other states or dimming without touching positions. */
  restate(slots: FleetSlots): void
  /** The driver's slot under a point of the map's canvas (CSS pixels), or -1. */
  pick(point: { x: number; y: number }, radiusPx?: number): number
  /** Rings a slot, or none with -1. */
  select(slot: number): void
  /** Where a mark is drawn now, in CSS pixels of the map's canvas. */
  screenPosition(slot: number): { x: number; y: number } | undefined
  /** Where a mark is drawn now, on the ground. */
  groundPosition(slot: number): LatLon | undefined
  setTheme(theme: MapTheme): void
}

/** The look's glide between two fixes. */
const GLIDE_MS = 1_000
const URGENT_BELOW = 20_000

/** A fleet layer ready for `map.addLayer`; 100,000 drivers cost one buffer upload an update and one draw call a frame. */
export function createFleetLayer(options: FleetLayerOptions): FleetLayer {
  return new FleetGl(options)
}

class FleetGl implements FleetLayer {
  readonly id = 'fleet'
  readonly type = 'custom'
  readonly renderingMode = '2d'
  private readonly options: FleetLayerOptions
  private readonly glideMs: number
  private readonly wallNowMs: () => number
  private buffer: FleetBuffer
  private fleet: FleetProgram | undefined
  private map: MapLibreMap | undefined
  private count = 0
  private selected = -1
  private dirty: { from: number; to: number } | undefined
  private movingUntilMs = 0
  private colours: { states: Float32Array; cut: number[]; halo: number[] }

  constructor(options: FleetLayerOptions) {
    this.options = options
    this.glideMs = options.glideMs ?? GLIDE_MS
    this.wallNowMs = options.wallNowMs ?? (() => performance.now())
    this.buffer = this.emptyBuffer(256)
    this.colours = coloursOf(MAP_PALETTES[options.theme])
  }

  update(slots: FleetSlots, changed?: ArrayLike<number>): void {
    const wallMs = this.wallNowMs()
    this.makeRoom(slots)
    const touched = encodeDrivers(this.buffer, slots, changed, wallMs, this.glideMs)
    this.markDirty(touched.from, touched.to)
    this.movingUntilMs = wallMs + this.glideMs
    this.map?.triggerRepaint()
  }

  restate(slots: FleetSlots): void {
    this.makeRoom(slots)
    for (let slot = 0; slot < slots.count; slot++) encodeState(this.buffer, slots, slot)
    this.markDirty(0, slots.count)
    this.map?.triggerRepaint()
  }

  pick(point: { x: number; y: number }, radiusPx = 14): number {
    if (!this.map) return -1
    const { mercator } = this.buffer
    const at = this.map.unproject([point.x, point.y])
    const unitPerPx = 1 / (512 * 2 ** this.map.getZoom())
    return pickDriver(this.buffer, this.count, offsetX(mercator, at.lng), offsetY(mercator, at.lat), radiusPx * unitPerPx)
  }

  select(slot: number): void {
    this.selected = slot
    this.map?.triggerRepaint()
  }

  groundPosition(slot: number): LatLon | undefined {
    if (slot < 0 || slot >= this.count || this.buffer.data[slot * FLEET_STRIDE + 8] === 0) return undefined
    const at = drawnAt(this.buffer, slot, this.wallNowMs(), this.glideMs)
    const { originX, originY } = this.buffer.mercator
    return {
      lon: (originX + at.x) * 360 - 180,
      lat: (Math.atan(Math.sinh(Math.PI * (1 - 2 * (originY + at.y)))) * 180) / Math.PI,
    }
  }

  screenPosition(slot: number): { x: number; y: number } | undefined {
    const ground = this.groundPosition(slot)
    return ground && this.map?.project([ground.lon, ground.lat])
  }

  setTheme(theme: MapTheme): void {
    this.colours = coloursOf(MAP_PALETTES[theme])
    this.map?.triggerRepaint()
  }

  onAdd(map: MapLibreMap, gl: WebGL2RenderingContext | WebGLRenderingContext): void {
    this.map = map
    this.fleet = createFleetProgram(gl as WebGL2RenderingContext)
    this.markDirty(0, this.count)
  }

  onRemove(_map: MapLibreMap, gl: WebGL2RenderingContext | WebGLRenderingContext): void {
    if (this.fleet) deleteFleetProgram(gl as WebGL2RenderingContext, this.fleet)
    this.fleet = undefined
    this.map = undefined
  }

  render(anyGl: WebGL2RenderingContext | WebGLRenderingContext, input: CustomRenderMethodInput): void {
    const { fleet, map } = this
    if (!fleet || !map || this.count === 0) return
    const gl = anyGl as WebGL2RenderingContext
    gl.useProgram(fleet.program)
    gl.bindVertexArray(fleet.vertices)
    this.upload(gl, fleet)
    this.setUniforms(gl, fleet, map, input)
    gl.disable(gl.DEPTH_TEST)
    gl.enable(gl.BLEND)
    gl.blendFunc(gl.ONE, gl.ONE_MINUS_SRC_ALPHA)
    this.draw(gl, fleet)
    gl.bindVertexArray(null)
    if (this.wallNowMs() < this.movingUntilMs) map.triggerRepaint()
  }

  private draw(gl: WebGL2RenderingContext, { uniforms }: FleetProgram) {
    const pass = (number: number, ring: number, first: number, count: number) => {
      gl.uniform1i(uniforms.pass, number)
      gl.uniform1i(uniforms.ring, ring)
      gl.drawArrays(gl.POINTS, first, count)
    }
    if (this.count > URGENT_BELOW) pass(3, 0, 0, this.count)
    else {
      pass(0, 0, 0, this.count)
      pass(1, 0, 0, this.count)
    }
    if (this.selected < 0 || this.selected >= this.count) return
    pass(2, SELECTION_GLYPH, this.selected, 1)
    pass(3, 0, this.selected, 1)
  }

  private setUniforms(gl: WebGL2RenderingContext, fleet: FleetProgram, map: MapLibreMap, input: CustomRenderMethodInput) {
    const { uniforms } = fleet
    const { mercator, wallEpochMs, serverEpochMs } = this.buffer
    const zoom = map.getZoom()
    const size = GLYPH_SPAN * (zoom <= 10 ? 0.5 : zoom >= 14 ? 1 : 0.5 + ((zoom - 10) / 4) * 0.5)
    const matrix = shifted(input.defaultProjectionData.mainMatrix, mercator.originX, mercator.originY)
    gl.uniformMatrix4fv(uniforms.matrix, false, matrix)
    gl.uniform1f(uniforms.wallS, (this.wallNowMs() - wallEpochMs) / 1_000)
    gl.uniform1f(uniforms.serverS, (this.options.serverNowMs() - serverEpochMs) / 1_000)
    gl.uniform1f(uniforms.glideS, this.glideMs / 1_000)
    gl.uniform1f(uniforms.sizePx, size * map.getPixelRatio())
    gl.uniform3fv(uniforms.colours, this.colours.states)
    gl.uniform3fv(uniforms.cut, this.colours.cut)
    gl.uniform3fv(uniforms.halo, this.colours.halo)
    gl.activeTexture(gl.TEXTURE0)
    gl.bindTexture(gl.TEXTURE_2D_ARRAY, fleet.texture)
    gl.uniform1i(uniforms.glyphs, 0)
  }

  private upload(gl: WebGL2RenderingContext, fleet: FleetProgram) {
    if (!this.dirty) return
    gl.bindBuffer(gl.ARRAY_BUFFER, fleet.buffer)
    const { data } = this.buffer
    if (fleet.capacity * FLEET_STRIDE < data.length) {
      gl.bufferData(gl.ARRAY_BUFFER, data, gl.DYNAMIC_DRAW)
      fleet.capacity = data.length / FLEET_STRIDE
    } else {
      const start = this.dirty.from * FLEET_STRIDE
      gl.bufferSubData(gl.ARRAY_BUFFER, start * 4, data, start, (this.dirty.to - this.dirty.from) * FLEET_STRIDE)
    }
    this.dirty = undefined
  }

  private markDirty(from: number, to: number) {
    if (to <= from) return
    this.dirty = this.dirty ? { from: Math.min(from, this.dirty.from), to: Math.max(to, this.dirty.to) } : { from, to }
  }

  private makeRoom(slots: FleetSlots) {
    this.count = slots.count
    if (slots.count * FLEET_STRIDE <= this.buffer.data.length) return
    const old = this.buffer.data
    const data = new Float32Array(Math.max(slots.state.length, slots.count) * FLEET_STRIDE)
    data.set(old)
    this.buffer.data = data
    this.markDirty(0, slots.count)
  }

  private emptyBuffer(capacity: number) {
    return createFleetBuffer(capacity, this.options.origin, this.wallNowMs(), this.options.serverNowMs())
  }
}

/** The projection moved to the buffer's origin in double precision, before it becomes 32-bit. */
function shifted(matrix: ArrayLike<number>, x: number, y: number): Float32Array {
  const out = new Float32Array(16)
  for (let i = 0; i < 16; i++) out[i] = matrix[i]!
  for (let row = 0; row < 4; row++) out[12 + row] = matrix[row]! * x + matrix[4 + row]! * y + matrix[12 + row]!
  return out
}

function coloursOf(palette: MapPalette) {
  const byState = new Map<number, string>([
    [FLEET_STATE.moving, palette.moving],
    [FLEET_STATE.atStop, palette.moving],
    [FLEET_STATE.idle, palette.idle],
    [FLEET_STATE.offline, palette.offline],
    [FLEET_STATE.late, palette.lateFill],
    [FLEET_STATE.veryLate, palette.veryLate],
    [FLEET_STATE.act, palette.act],
    [FLEET_STATE.gpsDark, palette.offline],
    [SELECTION_GLYPH, palette.accent],
  ])
  const states = new Float32Array(30)
  for (const [state, hex] of byState) states.set(rgbOf(hex), state * 3)
  return { states, cut: rgbOf(palette.bg), halo: rgbOf(palette.land) }
}
