import { DIMMED, FLEET_STRIDE } from './encode-fleet.ts'
import { FLEET_STATE } from './fleet-slots.ts'

/** Fixes older than the first value begin to fade, at the second they have faded to a third (seconds). */
const FADE_FROM_S = 20
const FADE_TO_S = 120

const float = (value: number) => value.toFixed(1)

/**
 * Draws a driver as one point: glides from the previous fix to the next, turns the short way round, fades with the
 * age of the fix. Two passes put what someone must act on above the rest; a third draws the selection ring.
 */
export const VERTEX_SHADER = `#version 300 es
precision highp float;
layout(location = 0) in vec4 a_ride;
layout(location = 1) in vec2 a_course;
layout(location = 2) in vec3 a_times;
uniform mat4 u_matrix;
uniform float u_wallS;
uniform float u_serverS;
uniform float u_glideS;
uniform float u_sizePx;
uniform int u_pass;
out float v_alpha;
flat out int v_glyph;
flat out vec2 v_turn;

void main() {
  float code = a_times.z;
  bool dimmed = code >= ${float(DIMMED)};
  int state = int(dimmed ? code - ${float(DIMMED)} : code);
  bool urgent = state >= ${FLEET_STATE.late} && state <= ${FLEET_STATE.act};
  if (state == 0 || (u_pass == 0 && urgent) || (u_pass == 1 && !urgent)) {
    gl_Position = vec4(2.0, 2.0, 2.0, 1.0);
    gl_PointSize = 0.0;
    return;
  }
  float t = u_glideS <= 0.0 ? 1.0 : clamp((u_wallS - a_times.x) / u_glideS, 0.0, 1.0);
  gl_Position = u_matrix * vec4(mix(a_ride.xy, a_ride.zw, t), 0.0, 1.0);
  gl_PointSize = u_sizePx * (u_pass == 2 ? 1.45 : state == ${FLEET_STATE.act} ? 1.1 : 1.0);
  float turn = mod(a_course.y - a_course.x + 540.0, 360.0) - 180.0;
  float angle = radians(a_course.x + turn * t);
  bool upright = u_pass == 2 || state == ${FLEET_STATE.atStop} || state == ${FLEET_STATE.offline} || state == ${FLEET_STATE.act};
  v_turn = upright ? vec2(1.0, 0.0) : vec2(cos(angle), sin(angle));
  v_glyph = state;
  float age = smoothstep(${float(FADE_FROM_S)}, ${float(FADE_TO_S)}, u_serverS - a_times.y);
  bool fades = state != ${FLEET_STATE.offline} && state != ${FLEET_STATE.gpsDark} && state != ${FLEET_STATE.act};
  v_alpha = (fades ? 1.0 - 0.65 * age : 1.0) * (dimmed && u_pass != 2 ? 0.28 : 1.0);
}`

/** Samples the glyph's three channels and paints them in the theme's colours. */
export const FRAGMENT_SHADER = `#version 300 es
precision highp float;
precision highp sampler2DArray;
uniform sampler2DArray u_glyphs;
uniform vec3 u_colours[10];
uniform vec3 u_cut;
uniform vec3 u_halo;
uniform int u_ring;
in float v_alpha;
flat in int v_glyph;
flat in vec2 v_turn;
out vec4 colour;

void main() {
  vec2 p = gl_PointCoord - 0.5;
  vec2 q = vec2(v_turn.x * p.x + v_turn.y * p.y, v_turn.x * p.y - v_turn.y * p.x) + 0.5;
  int glyph = u_ring > 0 ? u_ring : v_glyph;
  vec4 part = texture(u_glyphs, vec3(q, float(glyph)));
  colour = vec4(u_colours[glyph] * part.r + u_cut * part.g + u_halo * part.b, part.a) * v_alpha;
}`

/** Bytes from one driver to the next, and where each attribute begins. */
export const VERTEX_LAYOUT = {
  strideBytes: FLEET_STRIDE * 4,
  attributes: [
    { location: 0, size: 4, offset: 0 },
    { location: 1, size: 2, offset: 16 },
    { location: 2, size: 3, offset: 24 },
  ],
} as const
