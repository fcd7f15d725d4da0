import type { Flavor } from '@protomaps/basemaps'
import { MAP_PALETTES, type MapTheme } from './palette.ts'

/** Shades between the tokens: what a street map needs and a dispatcher should barely notice. */
const SHADES = {
  light: {
    casing: '#D9DDDF',
    highwayCasing: '#C9CED1',
    minorRoad: '#FFFFFF',
    service: '#FAFAFA',
    highway: '#FFFFFF',
    path: '#E9EBEA',
    tunnel: '#F7F7F6',
    building: '#E7E9E8',
    edge: '#D9DCDD',
    block: '#EBECEA',
    industrial: '#EAEBEC',
    sand: '#ECE9DE',
    pedestrian: '#F5F5F3',
    rail: '#B4BBC1',
    roadLabel: '#6B747D',
    waterLabel: '#5A7187',
    boundary: '#C3C9CE',
  },
  dark: {
    casing: '#15191D',
    highwayCasing: '#15191D',
    minorRoad: '#232A31',
    service: '#1F262C',
    highway: '#36404A',
    path: '#1D2328',
    tunnel: '#1C2126',
    building: '#1A1F24',
    edge: '#232A31',
    block: '#181D21',
    industrial: '#181C20',
    sand: '#1D1E1C',
    pedestrian: '#1A1F23',
    rail: '#3A434C',
    roadLabel: '#75808A',
    waterLabel: '#5F7C94',
    boundary: '#39424B',
  },
} as const

/** Names that `text-font` uses and `font-faces` declares. */
export const MAP_FONTS = { regular: 'Inter Regular', bold: 'Inter Semibold', italic: 'Inter Italic' } as const

/** The hairline around a building, so that terraces do not run into one. */
export const buildingEdge = (theme: MapTheme): string => SHADES[theme].edge

/** The Protomaps flavour of a theme, toned down so that marks and routes are the loudest thing on the map. */
export function dispatchFlavor(theme: MapTheme): Flavor {
  return { ...groundFlavor(theme), ...roadFlavor(theme), ...labelFlavor(theme) }
}

function groundFlavor(theme: MapTheme) {
  const { land, water, park } = MAP_PALETTES[theme]
  const s = SHADES[theme]
  return {
    background: land,
    earth: land,
    park_a: park,
    park_b: park,
    wood_a: park,
    wood_b: park,
    scrub_a: park,
    scrub_b: park,
    zoo: park,
    hospital: s.block,
    school: s.block,
    industrial: s.industrial,
    military: s.industrial,
    aerodrome: s.industrial,
    runway: s.path,
    pedestrian: s.pedestrian,
    glacier: land,
    sand: s.sand,
    beach: s.sand,
    pier: s.path,
    water,
    buildings: s.building,
    railway: s.rail,
    boundaries: s.boundary,
  }
}

function roadFlavor(theme: MapTheme) {
  const { road } = MAP_PALETTES[theme]
  const s = SHADES[theme]
  return {
    tunnel_other_casing: s.casing,
    tunnel_minor_casing: s.casing,
    tunnel_link_casing: s.casing,
    tunnel_major_casing: s.casing,
    tunnel_highway_casing: s.casing,
    tunnel_other: s.tunnel,
    tunnel_minor: s.tunnel,
    tunnel_link: s.tunnel,
    tunnel_major: s.tunnel,
    tunnel_highway: s.tunnel,
    minor_service_casing: s.casing,
    minor_casing: s.casing,
    link_casing: s.casing,
    major_casing_early: s.casing,
    major_casing_late: s.casing,
    highway_casing_early: s.highwayCasing,
    highway_casing_late: s.highwayCasing,
    other: s.path,
    minor_service: s.service,
    minor_a: s.minorRoad,
    minor_b: s.minorRoad,
    link: road,
    major: road,
    highway: s.highway,
    bridges_other_casing: s.casing,
    bridges_minor_casing: s.casing,
    bridges_link_casing: s.casing,
    bridges_major_casing: s.casing,
    bridges_highway_casing: s.highwayCasing,
    bridges_other: s.path,
    bridges_minor: s.minorRoad,
    bridges_link: road,
    bridges_major: road,
    bridges_highway: s.highway,
  }
}

function labelFlavor(theme: MapTheme) {
  const { land, label } = MAP_PALETTES[theme]
  const s = SHADES[theme]
  return {
    roads_label_minor: s.roadLabel,
    roads_label_minor_halo: land,
    roads_label_major: s.roadLabel,
    roads_label_major_halo: land,
    ocean_label: s.waterLabel,
    subplace_label: label,
    subplace_label_halo: land,
    city_label: label,
    city_label_halo: land,
    state_label: label,
    state_label_halo: land,
    country_label: label,
    address_label: s.roadLabel,
    address_label_halo: land,
    ...MAP_FONTS,
  }
}
