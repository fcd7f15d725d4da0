/** The two looks of every map. */
export type MapTheme = 'light' | 'dark'

/** Colours that map layers draw with; the names are those of the design tokens in `ui/styles/tokens.css`. */
export interface MapPalette {
  land: string
  water: string
  park: string
  road: string
  label: string
  bg: string
  bgFloat: string
  ink: string
  ink2: string
  ink3: string
  accent: string
  accentInk: string
  accentFill: string
  accentOn: string
  accentSoft: string
  lineStrong: string
  moving: string
  idle: string
  offline: string
  lateFill: string
  veryLate: string
  act: string
}

/** The tokens as values, since a GPU layer cannot read CSS variables; a test holds them equal to tokens.css. */
export const MAP_PALETTES: Record<MapTheme, MapPalette> = {
  light: {
    land: '#F1F2F0',
    water: '#CBD9E2',
    park: '#DDE8D8',
    road: '#FFFFFF',
    label: '#5B656E',
    bg: '#FFFFFF',
    bgFloat: '#FFFFFF',
    ink: '#15181B',
    ink2: '#49525B',
    ink3: '#656E77',
    accent: '#A01E91',
    accentInk: '#8E1A81',
    accentFill: '#A01E91',
    accentOn: '#FFFFFF',
    accentSoft: '#F4D9F0',
    lineStrong: '#C3C9CE',
    moving: '#1B66C4',
    idle: '#17794A',
    offline: '#69727B',
    lateFill: '#B78400',
    veryLate: '#B4470A',
    act: '#C4201D',
  },
  dark: {
    land: '#15191D',
    water: '#0B1722',
    park: '#17211D',
    road: '#272E35',
    label: '#8A949E',
    bg: '#14171B',
    bgFloat: '#1A1E23',
    ink: '#E8EBEE',
    ink2: '#AAB3BC',
    ink3: '#87919B',
    accent: '#E985DB',
    accentInk: '#F0A3E5',
    accentFill: '#E985DB',
    accentOn: '#2A0826',
    accentSoft: '#5A2F55',
    lineStrong: '#39424B',
    moving: '#62ABFF',
    idle: '#4DC48B',
    offline: '#87919B',
    lateFill: '#E4B64A',
    veryLate: '#F28C45',
    act: '#FF6F66',
  },
}

/** Red, green and blue from 0 to 1 of a `#RRGGBB` colour, for shader uniforms. */
export function rgbOf(hex: string): [number, number, number] {
  const value = Number.parseInt(hex.slice(1), 16)
  return [((value >> 16) & 255) / 255, ((value >> 8) & 255) / 255, (value & 255) / 255]
}
