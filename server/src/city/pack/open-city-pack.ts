import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type AddressIndex, indexAddresses } from '../addresses/address-index.ts'
import { decodeAddresses } from '../addresses/store-addresses.ts'
import type { CityMerchant } from '../merchants/find-merchants.ts'
import { type CityManifest, manifestSchema } from './manifest.ts'
import { CityPackError } from './pack-error.ts'
import { PACK_FILES } from './pack-files.ts'

/** An opened city: what it says about itself, where its files are, and its merchants and addresses, read when first asked for. */
export interface CityPack {
  manifest: CityManifest
  /** Folder of the pack. */
  folder: string
  /** Basemap archive, served by byte ranges. */
  basemapFile: string
  /** Valhalla's folder; null where this machine could not build one. */
  valhallaDir: string | null
  /** The stored street graph. */
  graphFile: string
  /** The travel times fitted to this city; written after a measurement, so it may be missing. */
  calibrationFile: string
  merchants(): Promise<readonly CityMerchant[]>
  addresses(): Promise<AddressIndex>
}

/** Opens a pack's folder; throws `CityPackError` where there is none, or one that another version made. */
export async function openCityPack(folder: string): Promise<CityPack> {
  const file = join(folder, PACK_FILES.manifest)
  const text = await readFile(file, 'utf8').catch((cause) => {
    throw new CityPackError('not_found', `There is no city pack in ${folder}.`, { cause })
  })
  const manifest = manifestIn(text, folder)
  const read = (name: string) => readFile(join(folder, name), 'utf8')
  let merchants: Promise<readonly CityMerchant[]> | undefined
  let addresses: Promise<AddressIndex> | undefined
  const { isRoutingOnly } = manifest
  return {
    manifest,
    folder,
    basemapFile: join(folder, PACK_FILES.basemap),
    valhallaDir: manifest.hasTiles ? join(folder, PACK_FILES.valhalla) : null,
    graphFile: join(folder, PACK_FILES.graph),
    calibrationFile: join(folder, PACK_FILES.calibration),
    merchants: () =>
      (merchants ??= isRoutingOnly ? Promise.resolve([]) : read(PACK_FILES.merchants).then((json) => JSON.parse(json))),
    addresses: () =>
      (addresses ??= isRoutingOnly
        ? Promise.resolve(indexAddresses([]))
        : read(PACK_FILES.addresses).then((json) => indexAddresses(decodeAddresses(json)))),
  }
}

function manifestIn(text: string, folder: string): CityManifest {
  try {
    return manifestSchema.parse(JSON.parse(text))
  } catch (cause) {
    throw new CityPackError('unreadable', `The city pack in ${folder} was made by another version; add its file again.`, {
      cause,
    })
  }
}
