// The generator of the default town: from a seed, the same OpenStreetMap data every time, of a river town that does not exist.
// It is written as an ordinary `.osm.pbf` file, so a first start takes the same way in as any real extract.
export { CITY_DEFAULTS, type CityOptions, generateCity } from './generate-city.ts'
export type { GeneratedCity, OsmNode, OsmRelation, OsmTags, OsmWay } from './osm.ts'
export { encodeOsmPbf, writeOsmPbf } from './write-osm-pbf.ts'
