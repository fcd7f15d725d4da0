import type { CatalogImport } from '../catalog/index.ts'
import type { CityPack } from '../city/index.ts'

/** A city pack as the catalogue imports it: one zone, its merchants, their demo menus. */
export async function toCatalogImport(pack: CityPack): Promise<CatalogImport> {
  const { name, title, zone, timeZone, currency } = pack.manifest
  const merchants = await pack.merchants()
  return {
    zone: { source: name, name: title, polygon: zone, timeZone, currency },
    merchants: merchants.map((merchant) => ({
      source: merchant.source,
      name: merchant.name,
      category: merchant.category,
      position: merchant.position,
      address: merchant.address,
      openingHours: merchant.openingHours,
      isDemo: merchant.menu.demo,
      sections: merchant.menu.sections,
    })),
  }
}
