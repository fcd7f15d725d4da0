import type { Map as MapLibreMap } from 'maplibre-gl'
import { MAP_PALETTES, type MapPalette, type MapTheme } from './palette.ts'

/** One shape of an icon: an SVG path in CSS pixels around the centre, filled and stroked in named colours. */
interface IconPart {
  path: string
  fill?: keyof MapPalette
  stroke?: keyof MapPalette
  width?: number
  alpha?: number
}

const square = (half: number, r: number) =>
  `M${-half + r} ${-half}H${half - r}a${r} ${r} 0 0 1 ${r} ${r}V${half - r}a${r} ${r} 0 0 1 ${-r} ${r}H${-half + r}a${r} ${r} 0 0 1 ${-r} ${-r}V${-half + r}a${r} ${r} 0 0 1 ${r} ${-r}Z`
const circle = (r: number) => `M${r} 0A${r} ${r} 0 1 1 ${-r} 0A${r} ${r} 0 1 1 ${r} 0Z`

const PICKUP = square(8.5, 2)
const DROP = circle(9)
const TRAIN =
  'M-2.5 -4h5a1.6 1.6 0 0 1 1.6 1.6v3.6a1.6 1.6 0 0 1 -1.6 1.6h-5a1.6 1.6 0 0 1 -1.6 -1.6v-3.6a1.6 1.6 0 0 1 1.6 -1.6ZM-4 -.4h8M-2 2.9l-1.4 1.7M2 2.9l1.4 1.7'

/** Square is a pickup, round is a drop; planned is hollow, done is filled, the selected order's own are accent. */
const ICONS: Record<string, { px: number; parts: IconPart[] }> = {
  'map-dot': { px: 8, parts: [{ path: circle(2), fill: 'label' }] },
  'map-station': { px: 14, parts: [{ path: TRAIN, stroke: 'label', width: 1.1 }] },
  'map-hospital': { px: 14, parts: [{ path: `${square(4.6, 1.2)}M0 -2.4V2.4M-2.4 0H2.4`, stroke: 'label', width: 1.1 }] },
  'mark-merchant': { px: 12, parts: [{ path: square(3.5, 1), fill: 'land', stroke: 'ink3', width: 1.4 }] },
  'mark-drop': { px: 12, parts: [{ path: circle(3.7), fill: 'land', stroke: 'ink3', width: 1.4 }] },
  'stop-pickup-planned': { px: 24, parts: halved(PICKUP, 'bgFloat', 'accent', 1.75) },
  'stop-pickup-selected': { px: 24, parts: halved(PICKUP, 'accentFill', 'land', 2) },
  'stop-pickup-done': { px: 24, parts: halved(PICKUP, 'offline', 'land', 2) },
  'stop-drop-planned': { px: 24, parts: halved(DROP, 'bgFloat', 'accent', 1.75) },
  'stop-drop-selected': { px: 24, parts: halved(DROP, 'accentFill', 'land', 2) },
  'stop-drop-done': { px: 24, parts: halved(DROP, 'offline', 'land', 2) },
}

function halved(path: string, fill: keyof MapPalette, stroke: keyof MapPalette, width: number): IconPart[] {
  return [{ path, fill, stroke, width }]
}

const PIXEL_RATIO = 3

/** Puts Doorstep's own icons on the map, or repaints those already there; nothing is fetched. */
export function addMapIcons(map: MapLibreMap, theme: MapTheme): void {
  for (const [name, { px, parts }] of Object.entries(ICONS)) {
    const image = drawn(px, parts, MAP_PALETTES[theme])
    if (map.hasImage(name)) map.updateImage(name, image)
    else map.addImage(name, image, { pixelRatio: PIXEL_RATIO })
  }
}

function drawn(px: number, parts: IconPart[], palette: MapPalette): ImageData {
  const size = px * PIXEL_RATIO
  const ctx = new OffscreenCanvas(size, size).getContext('2d')
  if (!ctx) throw new Error('No 2D canvas to draw the map icons on')
  ctx.setTransform(PIXEL_RATIO, 0, 0, PIXEL_RATIO, size / 2, size / 2)
  ctx.lineJoin = 'round'
  ctx.lineCap = 'round'
  for (const part of parts) {
    const path = new Path2D(part.path)
    ctx.globalAlpha = part.alpha ?? 1
    if (part.fill) {
      ctx.fillStyle = palette[part.fill]
      ctx.fill(path)
    }
    if (part.stroke) {
      ctx.strokeStyle = palette[part.stroke]
      ctx.lineWidth = part.width ?? 1
      ctx.stroke(path)
    }
  }
  return ctx.getImageData(0, 0, size, size)
}
