import { drawGlyphs, GLYPH_COUNT, GLYPH_PX } from './fleet-glyphs.ts'
import { FRAGMENT_SHADER, VERTEX_LAYOUT, VERTEX_SHADER } from './fleet-shaders.ts'

const UNIFORMS = ['matrix', 'wallS', 'serverS', 'glideS', 'sizePx', 'pass', 'colours', 'cut', 'halo', 'ring', 'glyphs'] as const
type Uniform = (typeof UNIFORMS)[number]

/** Everything the fleet layer keeps on the GPU; lost and rebuilt with the WebGL context. */
export interface FleetProgram {
  program: WebGLProgram
  vertices: WebGLVertexArrayObject
  buffer: WebGLBuffer
  texture: WebGLTexture
  uniforms: Record<Uniform, WebGLUniformLocation | null>
  /** Drivers that fit the GPU buffer. */
  capacity: number
}

/** Compiles the shaders and uploads the glyphs. */
export function createFleetProgram(gl: WebGL2RenderingContext): FleetProgram {
  const program = linked(gl)
  const uniforms = Object.fromEntries(
    UNIFORMS.map((name) => [name, gl.getUniformLocation(program, name === 'colours' ? 'u_colours[0]' : `u_${name}`)]),
  ) as Record<Uniform, WebGLUniformLocation | null>
  const buffer = gl.createBuffer()
  const vertices = gl.createVertexArray()
  gl.bindVertexArray(vertices)
  gl.bindBuffer(gl.ARRAY_BUFFER, buffer)
  for (const { location, size, offset } of VERTEX_LAYOUT.attributes) {
    gl.enableVertexAttribArray(location)
    gl.vertexAttribPointer(location, size, gl.FLOAT, false, VERTEX_LAYOUT.strideBytes, offset)
  }
  gl.bindVertexArray(null)
  return { program, vertices, buffer, texture: uploadedGlyphs(gl), uniforms, capacity: 0 }
}

/** Frees what was created, unless the context is already gone. */
export function deleteFleetProgram(gl: WebGL2RenderingContext, fleet: FleetProgram): void {
  gl.deleteProgram(fleet.program)
  gl.deleteVertexArray(fleet.vertices)
  gl.deleteBuffer(fleet.buffer)
  gl.deleteTexture(fleet.texture)
}

function linked(gl: WebGL2RenderingContext): WebGLProgram {
  const program = gl.createProgram()
  for (const [type, source] of [
    [gl.VERTEX_SHADER, VERTEX_SHADER],
    [gl.FRAGMENT_SHADER, FRAGMENT_SHADER],
  ] as const) {
    const shader = gl.createShader(type)
    if (!shader) throw new Error('The graphics context is lost')
    gl.shaderSource(shader, source)
    gl.compileShader(shader)
    gl.attachShader(program, shader)
    if (!gl.getShaderParameter(shader, gl.COMPILE_STATUS) && !gl.isContextLost()) {
      throw new Error(`Fleet shader: ${gl.getShaderInfoLog(shader)}`)
    }
  }
  gl.linkProgram(program)
  return program
}

function uploadedGlyphs(gl: WebGL2RenderingContext): WebGLTexture {
  const texture = gl.createTexture()
  const flip = gl.getParameter(gl.UNPACK_FLIP_Y_WEBGL)
  const premultiply = gl.getParameter(gl.UNPACK_PREMULTIPLY_ALPHA_WEBGL)
  gl.pixelStorei(gl.UNPACK_FLIP_Y_WEBGL, false)
  gl.pixelStorei(gl.UNPACK_PREMULTIPLY_ALPHA_WEBGL, false)
  gl.activeTexture(gl.TEXTURE0)
  gl.bindTexture(gl.TEXTURE_2D_ARRAY, texture)
  const { TEXTURE_2D_ARRAY: target, RGBA, UNSIGNED_BYTE } = gl
  gl.texImage3D(target, 0, gl.RGBA8, GLYPH_PX, GLYPH_PX, GLYPH_COUNT, 0, RGBA, UNSIGNED_BYTE, drawGlyphs())
  gl.generateMipmap(target)
  gl.texParameteri(target, gl.TEXTURE_MIN_FILTER, gl.LINEAR_MIPMAP_LINEAR)
  gl.texParameteri(target, gl.TEXTURE_MAG_FILTER, gl.LINEAR)
  gl.texParameteri(target, gl.TEXTURE_WRAP_S, gl.CLAMP_TO_EDGE)
  gl.texParameteri(target, gl.TEXTURE_WRAP_T, gl.CLAMP_TO_EDGE)
  gl.bindTexture(target, null)
  gl.pixelStorei(gl.UNPACK_FLIP_Y_WEBGL, flip)
  gl.pixelStorei(gl.UNPACK_PREMULTIPLY_ALPHA_WEBGL, premultiply)
  return texture
}
