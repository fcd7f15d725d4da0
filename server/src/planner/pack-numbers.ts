/** How a column of numbers is written as bytes. Plain data. */
export interface NumberColumn {
  count: number
  /** Bytes a number, written plane by plane: bytes of one weight are like each other and compress well. */
  width: number
  /** Digits after the point that all of them are given by; null where none will do, and the doubles themselves are written. */
  decimals: number | null
  /** The least of them without its point. */
  least: number
}

/** Milliseconds and seconds, shares and stars, degrees as phones and maps give them. */
const DECIMALS = [0, 1, 2, 3, 5, 6, 7]
/** What is no number has a code of its own: nothing, and no way. */
const NULL = 0
const INFINITE = 1
const FIRST = 2
const WORD = 4_294_967_296

const float = new Float64Array(1)
const words = new Uint32Array(float.buffer)

/** Writes numbers so that reading them gives the same bits; null and Infinity may be among them. */
export function packNumbers(values: ArrayLike<number | null>): { column: NumberColumn; bytes: Uint8Array } {
  const column = columnFor(values)
  const { count, width } = column
  const bytes = new Uint8Array(count * width)
  for (let i = 0; i < count; i++) {
    putWords(column, values[i]!)
    for (let plane = 0; plane < width; plane++) bytes[plane * count + i] = words[plane >> 2]! >>> (8 * (plane & 3))
  }
  return { column, bytes }
}

/** Reads what `packNumbers` wrote, from `at` on. */
export function unpackNumbers(column: NumberColumn, bytes: Uint8Array, at: number): (number | null)[] {
  const { count, width } = column
  const values = new Array<number | null>(count)
  for (let i = 0; i < count; i++) {
    words.fill(0)
    for (let plane = 0; plane < width; plane++) words[plane >> 2]! |= bytes[at + plane * count + i]! << (8 * (plane & 3))
    values[i] = getWords(column)
  }
  return values
}

function columnFor(values: ArrayLike<number | null>): NumberColumn {
  for (const decimals of DECIMALS) {
    const range = rangeOf(values, 10 ** decimals)
    if (range === null) continue
    const most = Math.max(0, range.most - range.least) + FIRST
    const bits = most < WORD ? 32 - Math.clz32(most) : 64 - Math.clz32(Math.floor(most / WORD))
    return { count: values.length, width: Math.ceil(bits / 8), decimals, least: range.least }
  }
  return { count: values.length, width: 8, decimals: null, least: 0 }
}

/** The least and the most of the numbers times `scale`, or null where one of them does not come back from its whole number. */
function rangeOf(values: ArrayLike<number | null>, scale: number): { least: number; most: number } | null {
  let least = Infinity
  let most = -Infinity
  for (let i = 0; i < values.length; i++) {
    const value = values[i]!
    if (value === null || value === Infinity) continue
    const whole = Math.round(value * scale)
    // Minus zero has no whole number of its own.
    if (!Object.is((whole + 0) / scale, value) || Math.abs(whole) > Number.MAX_SAFE_INTEGER / 4) return null
    if (whole < least) least = whole
    if (whole > most) most = whole
  }
  return least === Infinity ? { least: 0, most: 0 } : { least, most }
}

function putWords({ decimals, least }: NumberColumn, value: number | null): void {
  if (decimals === null) {
    float[0] = value ?? Number.NaN
    return
  }
  const code = value === null ? NULL : value === Infinity ? INFINITE : Math.round(value * 10 ** decimals) - least + FIRST
  words[0] = code
  words[1] = code / WORD
}

function getWords({ decimals, least }: NumberColumn): number | null {
  if (decimals === null) return Number.isNaN(float[0]) ? null : float[0]!
  const code = words[0]! + words[1]! * WORD
  if (code === NULL) return null
  return code === INFINITE ? Infinity : (code - FIRST + least) / 10 ** decimals
}
