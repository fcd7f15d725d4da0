import cyrillicItalic from '@fontsource/inter/files/inter-cyrillic-400-italic.woff2?url'
import cyrillic from '@fontsource/inter/files/inter-cyrillic-400-normal.woff2?url'
import cyrillicBold from '@fontsource/inter/files/inter-cyrillic-600-normal.woff2?url'
import greekItalic from '@fontsource/inter/files/inter-greek-400-italic.woff2?url'
import greek from '@fontsource/inter/files/inter-greek-400-normal.woff2?url'
import greekBold from '@fontsource/inter/files/inter-greek-600-normal.woff2?url'
import latinItalic from '@fontsource/inter/files/inter-latin-400-italic.woff2?url'
import latin from '@fontsource/inter/files/inter-latin-400-normal.woff2?url'
import latinBold from '@fontsource/inter/files/inter-latin-600-normal.woff2?url'
import latinExtItalic from '@fontsource/inter/files/inter-latin-ext-400-italic.woff2?url'
import latinExt from '@fontsource/inter/files/inter-latin-ext-400-normal.woff2?url'
import latinExtBold from '@fontsource/inter/files/inter-latin-ext-600-normal.woff2?url'
import type { FontFacesSpecification } from 'maplibre-gl'
import { MAP_FONTS } from './flavor.ts'

// The code points each packaged file holds, as in the @font-face rules of @fontsource/inter.
const LATIN = [
  'U+0000-00FF',
  'U+0131',
  'U+0152-0153',
  'U+02BB-02BC',
  'U+02C6',
  'U+02DA',
  'U+02DC',
  'U+2000-206F',
  'U+20AC',
  'U+2122',
  'U+2191',
  'U+2193',
  'U+2212',
]
const LATIN_EXT = [
  'U+0100-02BA',
  'U+02BD-02C5',
  'U+02C7-02CC',
  'U+02CE-02D7',
  'U+02DD-02FF',
  'U+1D00-1DBF',
  'U+1E00-1E9F',
  'U+1EF2-1EFF',
  'U+20A0-20C0',
]
const GREEK = ['U+0370-0377', 'U+037A-037F', 'U+0384-038A', 'U+038C', 'U+038E-03A1', 'U+03A3-03FF']
const CYRILLIC = ['U+0301', 'U+0400-045F', 'U+0490-0491', 'U+04B0-04B1', 'U+2116']

/** Map labels from packaged files: each is loaded once, when a label first needs one of its letters. */
export function mapFontFaces(): FontFacesSpecification {
  return {
    [MAP_FONTS.regular]: faces(latin, latinExt, greek, cyrillic),
    [MAP_FONTS.bold]: faces(latinBold, latinExtBold, greekBold, cyrillicBold),
    [MAP_FONTS.italic]: faces(latinItalic, latinExtItalic, greekItalic, cyrillicItalic),
  }
}

function faces(...urls: [latin: string, latinExt: string, greek: string, cyrillic: string]) {
  const ranges = [LATIN, LATIN_EXT, GREEK, CYRILLIC]
  return urls.map((url, i) => ({ url: new URL(url, document.baseURI).href, 'unicode-range': ranges[i]! }))
}
