import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { ATTRIBUTION, basemapStyle } from './basemap-style.ts'
import { MAP_PALETTES, type MapTheme } from './palette.ts'

const THEMES: MapTheme[] = ['light', 'dark']
const styleOf = (theme: MapTheme) => basemapStyle({ theme, tilesUrl: '/city/basemap.pmtiles' })

test.each(THEMES)('the %s style names nothing outside the page’s own server', (theme) => {
  const text = JSON.stringify(styleOf(theme))
  expect(text).not.toMatch(/https?:|\/\/(?!\/?city)/)
  expect(styleOf(theme)).not.toHaveProperty('glyphs')
  expect(styleOf(theme)).not.toHaveProperty('sprite')
})

test('every map carries the licence line of its data', () => {
  expect(Object.values(styleOf('light').sources)).toEqual([expect.objectContaining({ attribution: ATTRIBUTION })])
})

test('both themes have the same layers in the same order, so that a switch only repaints', () => {
  const bare = (theme: MapTheme) => styleOf(theme).layers.map((layer) => ({ ...layer, paint: undefined }))
  expect(bare('light')).toEqual(bare('dark'))
  expect(styleOf('light').layers).not.toEqual(styleOf('dark').layers)
})

test('no icon is asked for that is not drawn here', () => {
  const icons = JSON.stringify(styleOf('light').layers.map((layer) => ('layout' in layer ? (layer.layout ?? {}) : {}))).match(
    /"map-[a-z]+"/g,
  )
  expect(new Set(icons)).toEqual(new Set(['"map-station"', '"map-hospital"', '"map-dot"']))
})

test('labels show the local name, never a translation', () => {
  expect(JSON.stringify(styleOf('light').layers)).not.toMatch(/name:en|name2/)
})

test('the map’s colours are the design tokens of the style sheet', () => {
  const css = readFileSync(new URL('../ui/styles/tokens.css', import.meta.url), 'utf8')
  const [light = '', dark = ''] = css.split('[data-theme="dark"]')
  const tokenOf = (name: string) => name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`).replace(/(\d)/, '-$1')
  for (const [theme, text] of [
    ['light', light],
    ['dark', dark],
  ] as const) {
    for (const [name, value] of Object.entries(MAP_PALETTES[theme])) {
      const token = ['land', 'water', 'park', 'road', 'label'].includes(name) ? `map-${name}` : tokenOf(name)
      expect(text.toUpperCase(), `${theme} ${token}`).toContain(`--${token}: ${value}`.toUpperCase())
    }
  }
})
