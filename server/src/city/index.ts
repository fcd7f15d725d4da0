// What a place is made of: any OpenStreetMap extract becomes a city pack with basemap, routing tiles, street graph, merchants
// with demo menus, addresses and one zone. The default city is generated and takes the same way in. Packs are built once,
// kept in the data folder, and opened by everything that needs a place.
export type { Address } from './addresses/address.ts'
export { type AddressIndex, indexAddresses, nearestAddress, searchAddresses } from './addresses/address-index.ts'
export { formatAddress } from './addresses/format-address.ts'
export { ExtractError, type ExtractErrorKind } from './extract-error.ts'
export { MERCHANT_CATEGORIES, type MerchantCategory } from './merchants/category.ts'
export type { CityMerchant } from './merchants/find-merchants.ts'
export type { DemoMenu, DemoMenuItem } from './merchants/generate-menu.ts'
export { type BuildOptions, type BuildStep, buildCityPack } from './pack/build-city-pack.ts'
export { addCity, ensureCity, ensureDefaultCity, listCities, removeCity } from './pack/ensure-city.ts'
export type { CityCounts, CityManifest } from './pack/manifest.ts'
export { type CityPack, openCityPack } from './pack/open-city-pack.ts'
export { CityPackError, type CityPackErrorKind } from './pack/pack-error.ts'
export { type OsmExtract, type OsmNode, type OsmRelation, type OsmTags, type OsmWay, readExtract } from './read-extract.ts'
export { cityRoutes } from './routes.ts'
export {
  buildStreetGraph,
  decodeStreetGraph,
  encodeStreetGraph,
  ROAD_CLASSES,
  type RoadClass,
  type StreetGraph,
} from './street-graph.ts'
export { buildValhallaTiles, hasTiles, valhallaRouting } from './valhalla-tiles.ts'
