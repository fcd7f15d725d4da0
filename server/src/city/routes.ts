import type { Address as AddressView } from '@doorstep/shared/contract'
import { distanceM, isInside, type LatLon } from '@doorstep/shared/domain'
import type { Clock, HandleRoute } from '../platform/index.ts'
import type { Address } from './addresses/address.ts'
import { nearestAddress, searchAddresses } from './addresses/address-index.ts'
import { formatAddress } from './addresses/format-address.ts'
import type { CityPack } from './pack/open-city-pack.ts'

/** Addresses offered for what was typed so far. */
const OFFERED = 8
/** Further away than this an address is not the address of a place. */
const NEAREST_WITHIN_M = 300

/** Puts the installation's city behind its routes: what it is, and its addresses. */
export function cityRoutes(handle: HandleRoute, deps: { pack: CityPack; clock: Clock; version: string; isDemo: boolean }): void {
  const { pack, clock, version, isDemo } = deps
  const { manifest } = pack
  const toView = (address: Address): AddressView => ({
    place: { lat: address.lat, lon: address.lon },
    label: formatAddress(address.street, address.number, manifest.country),
    city: address.city || null,
    isApproximate: address.approximate,
  })

  handle('GET /about', () => ({
    name: 'Doorstep',
    version,
    isDemo,
    nowMs: clock.nowMs(),
    clockSpeed: clock.speed,
    city: {
      name: manifest.name,
      title: manifest.title,
      bounds: [...manifest.bounds] as [number, number, number, number],
      centre: manifest.centre,
      timeZone: manifest.timeZone,
      currency: manifest.currency,
      locale: manifest.locale,
      attribution: manifest.attribution,
      tilesUrl: '/city/basemap.pmtiles',
    },
  }))

  handle('GET /addresses', async ({ query }) => {
    const near = query.lat !== undefined && query.lon !== undefined ? { lat: query.lat, lon: query.lon } : manifest.centre
    return { items: searchAddresses(await pack.addresses(), query.q, near, OFFERED).map(toView) }
  })

  handle('GET /addresses/nearest', async ({ query }) => {
    const place: LatLon = { lat: query.lat, lon: query.lon }
    const nearest = nearestAddress(await pack.addresses(), place)
    const isNear = nearest !== undefined && distanceM(place, nearest) <= NEAREST_WITHIN_M
    return { address: isNear ? toView(nearest) : null, isInZone: isInside(place, manifest.zone) }
  })
}
