/** Decodes a polyline of the given precision (6 for Valhalla and polyline6, 5 for Google's) into [lon, lat] pairs. */
export function decodePolyline(encoded: string, precision: 5 | 6): [lon: number, lat: number][] {
  const scale = 10 ** precision
  const line: [number, number][] = []
  let at = 0
  let lat = 0
  let lon = 0
  const next = () => {
    let value = 0
    for (let shift = 0; ; shift += 5) {
      const chunk = encoded.charCodeAt(at++) - 63
      value |= (chunk & 0x1f) << shift
      if (!(chunk >= 0x20)) return value & 1 ? ~(value >> 1) : value >> 1
    }
  }
  while (at < encoded.length) {
    lat += next()
    lon += next()
    line.push([lon / scale, lat / scale])
  }
  return line
}
