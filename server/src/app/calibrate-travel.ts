import { existsSync } from 'node:fs'
import { readFile, writeFile } from 'node:fs/promises'
import { type CityPack, decodeStreetGraph } from '../city/index.ts'
import type { Log } from '../platform/index.ts'
import { calibrate, type Router } from '../routing/index.ts'

const SEED = 1
/** When the start is over and the machine has time, in ms of the wall. */
const AFTER_MS = 60_000

/** Fits the travel times of a city that was never measured, once, in a quiet minute; the next start uses the fit. */
export function calibrateLater(pack: CityPack, router: Router, log: Log): { stop(): void } {
  if (pack.valhallaDir === null || existsSync(pack.calibrationFile)) return { stop: () => {} }
  const fit = async () => {
    const found = await calibrate(router, decodeStreetGraph(await readFile(pack.graphFile)), SEED)
    if (found.ok) await writeFile(pack.calibrationFile, JSON.stringify(found.value))
    else log.warn({ reason: found.error.kind }, 'the travel times of the city could not be measured')
  }
  const timer = setTimeout(() => {
    fit().catch((error: unknown) => log.warn({ err: error }, 'the travel times of the city could not be measured'))
  }, AFTER_MS)
  return { stop: () => clearTimeout(timer) }
}
