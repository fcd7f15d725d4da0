import { existsSync } from 'node:fs'
import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { buildValhallaTiles, hasTiles } from './valhalla-tiles.ts'

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'doorstep-tiles-'))
})
afterEach(() => rm(folder, { recursive: true, force: true }))

describe('building tiles', () => {
  it('of a file that is no extract says why and leaves nothing half made, nor what stood there before', async () => {
    const out = join(folder, 'valhalla')
    await mkdir(join(out, 'tiles', '2'), { recursive: true })
    await writeFile(join(out, 'tiles.tar'), '')
    const file = join(folder, 'broken.osm.pbf')
    await writeFile(file, 'no extract')
    expect(hasTiles(out)).toBe(true)
    const built = await buildValhallaTiles(file, out)
    expect(built.ok).toBe(false)
    expect(await readdir(out)).toEqual([])
    expect(hasTiles(out)).toBe(false)
    expect(existsSync(join(out, 'build.json'))).toBe(false)
  })
})
