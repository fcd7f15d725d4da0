/** Pixels of one glyph in the texture: three times its size on screen, so that it stays sharp on dense displays. */
export const GLYPH_PX = 72
/** CSS pixels a glyph's square covers at full size; shapes lie within 10 of the centre. */
export const GLYPH_SPAN = 24
/** Texture layers: one per fleet state, then the selection ring. */
export const GLYPH_COUNT = 10
export const SELECTION_GLYPH = 9

const ARROW = 'M0 -7.4 5.6 6.2 0 3.3 -5.6 6.2Z'
const OCTAGON = 'M-3.4 -8.2h6.8l4.8 4.8v6.8l-4.8 4.8h-6.8l-4.8 -4.8v-6.8z'

// Pure channels: the shader turns red into the state's colour, green into the cut, blue into the halo.
const FILL = '#f00'
const CUT = '#0f0'
const HALO = '#00f'

type Draw = (ctx: OffscreenCanvasRenderingContext2D) => void

const halo =
  (path: string): Draw =>
  (ctx) =>
    stroke(ctx, path, HALO, 3.5, true)

function stroke(ctx: OffscreenCanvasRenderingContext2D, path: string, colour: string, width: number, fill = false) {
  const shape = new Path2D(path)
  ctx.lineWidth = width
  ctx.lineJoin = 'round'
  ctx.lineCap = 'round'
  ctx.strokeStyle = colour
  ctx.stroke(shape)
  if (!fill) return
  ctx.fillStyle = colour
  ctx.fill(shape)
}

function fill(ctx: OffscreenCanvasRenderingContext2D, path: string) {
  ctx.fillStyle = FILL
  ctx.fill(new Path2D(path))
}

const circle = (r: number) => `M${r} 0A${r} ${r} 0 1 1 ${-r} 0A${r} ${r} 0 1 1 ${r} 0Z`

const arrow: Draw = (ctx) => {
  halo(ARROW)(ctx)
  fill(ctx, ARROW)
}

/** By fleet state: the same shapes as the legend, in CSS pixels around the centre, pointing north. */
const GLYPHS: Draw[] = [
  () => {},
  arrow,
  (ctx) => {
    halo(circle(6))(ctx)
    fill(ctx, circle(6))
    stroke(ctx, 'M-1.8 -2.6V2.6M1.8 -2.6V2.6', CUT, 1.9)
  },
  (ctx) => {
    stroke(ctx, `${circle(4.4)}M0 -4.6V-8`, HALO, 4.5, true)
    stroke(ctx, 'M0 -4.6V-8', FILL, 2)
    stroke(ctx, circle(4.4), FILL, 2)
  },
  (ctx) => {
    stroke(ctx, `${circle(4.4)}M-5 5 5 -5`, HALO, 4.5, true)
    stroke(ctx, circle(4.4), FILL, 2)
    stroke(ctx, 'M-5 5 5 -5', FILL, 2)
  },
  arrow,
  arrow,
  (ctx) => {
    halo(OCTAGON)(ctx)
    fill(ctx, OCTAGON)
    stroke(ctx, 'M0 -4.2V1M0 3.8V4.2', CUT, 1.9)
  },
  (ctx) => {
    ctx.save()
    ctx.globalAlpha = 0.55
    arrow(ctx)
    ctx.restore()
    ctx.setLineDash([3, 2.6])
    stroke(ctx, circle(8.9), FILL, 1.5)
    ctx.setLineDash([])
  },
  (ctx) => {
    stroke(ctx, circle(9.6), HALO, 4)
    stroke(ctx, circle(9.6), FILL, 2)
  },
]

/** All glyphs one after another as premultiplied RGBA, ready for a texture array. */
export function drawGlyphs(): Uint8Array {
  const out = new Uint8Array(GLYPH_COUNT * GLYPH_PX * GLYPH_PX * 4)
  const ctx = new OffscreenCanvas(GLYPH_PX, GLYPH_PX).getContext('2d', { willReadFrequently: true })
  if (!ctx) throw new Error('No 2D canvas to draw the fleet glyphs on')
  GLYPHS.forEach((draw, index) => {
    ctx.resetTransform()
    ctx.clearRect(0, 0, GLYPH_PX, GLYPH_PX)
    ctx.setTransform(GLYPH_PX / GLYPH_SPAN, 0, 0, GLYPH_PX / GLYPH_SPAN, GLYPH_PX / 2, GLYPH_PX / 2)
    draw(ctx)
    const { data } = ctx.getImageData(0, 0, GLYPH_PX, GLYPH_PX)
    const start = index * data.length
    for (let i = 0; i < data.length; i += 4) {
      const alpha = data[i + 3]!
      for (let c = 0; c < 3; c++) out[start + i + c] = (data[i + c]! * alpha) / 255
      out[start + i + 3] = alpha
    }
  })
  return out
}
