import { addProtocol } from 'maplibre-gl'
import { Protocol } from 'pmtiles'

let registered = false

/** Lets styles name `pmtiles://` archives, read by byte ranges; registering twice does nothing. */
export function registerTilesProtocol(): void {
  if (registered) return
  registered = true
  addProtocol('pmtiles', new Protocol().tile)
}
