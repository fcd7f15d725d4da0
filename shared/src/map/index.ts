// What every Doorstep map is made of: the basemap in two themes from packaged tiles, fonts and icons, the moving
// fleet as one GPU layer, and the layers for routes, stops, merchants, drops and zones. Load it lazily: it brings
// MapLibre with it. Nothing here fetches from outside the page's own server.
export { ATTRIBUTION, BASEMAP_SOURCE, type BasemapOptions, basemapStyle } from './basemap-style.ts'
export { type CreateMapOptions, createMap, type DoorstepMap, prefersLessMotion } from './create-map.ts'
export { createFleetLayer, type FleetLayer, type FleetLayerOptions } from './fleet-layer.ts'
export { createFleetSlots, FLEET_STATE, type FleetSlots, type FleetState, growFleetSlots } from './fleet-slots.ts'
export { MAP_PALETTES, type MapPalette, type MapTheme } from './palette.ts'
export { addPlaceLayers, type DriverCell, type PlaceKind, type PlaceLayers, type PlaceMark } from './place-layers.ts'
export { addRouteLayer, type RouteLayer, type RouteStop, type ShownRoute } from './route-layer.ts'
export type { Themed } from './themed-layers.ts'
