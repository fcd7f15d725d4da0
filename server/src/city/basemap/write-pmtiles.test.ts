import { mkdtemp, open, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { PMTiles } from 'pmtiles'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type StoredTile, writePmtiles } from './write-pmtiles.ts'

let folder = ''
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'doorstep-pmtiles-'))
})
afterAll(() => rm(folder, { recursive: true, force: true }))

/** Reads an archive with the published reader, which checks what we wrote against the specification. */
async function reader(file: string): Promise<{ archive: PMTiles; close(): Promise<void> }> {
  const handle = await open(file)
  const getBytes = async (offset: number, length: number) => {
    const data = new ArrayBuffer(length)
    const { bytesRead } = await handle.read(new Uint8Array(data), 0, length, offset)
    return { data: data.slice(0, bytesRead) }
  }
  return { archive: new PMTiles({ getKey: () => file, getBytes }), close: () => handle.close() }
}

const INFO = { bounds: [7.4, 43.7, 7.45, 43.76], minZoom: 10, maxZoom: 15, metadata: { name: 'Test' } } as const

async function roundTrip(tiles: readonly StoredTile[], text: (tile: StoredTile) => string): Promise<{ contents: number }> {
  const file = join(folder, `${tiles.length}.pmtiles`)
  await writePmtiles(file, tiles, INFO)
  const { archive, close } = await reader(file)
  const header = await archive.getHeader()
  expect([header.minLon, header.maxLat, header.minZoom, header.maxZoom]).toEqual([7.4, 43.76, 10, 15])
  expect(header.numAddressedTiles).toBe(tiles.length)
  expect(await archive.getMetadata()).toEqual({ name: 'Test' })
  for (const tile of tiles.filter((_, i) => i % Math.ceil(tiles.length / 40) === 0)) {
    const found = await archive.getZxy(tile.z, tile.x, tile.y)
    expect(new TextDecoder().decode(found?.data)).toBe(text(tile))
  }
  expect(await archive.getZxy(15, 0, 0)).toBeUndefined()
  await close()
  return { contents: header.numTileContents }
}

test('the published reader finds every tile, what is the same is stored once', async () => {
  const text = ({ x, y }: { x: number; y: number }) => (x % 2 === 0 ? 'sea' : `tile ${x} ${y}`)
  const tiles = Array.from({ length: 36 }, (_, i) => ({ z: 12, x: 2132 + (i % 6), y: 1490 + Math.floor(i / 6) }))
  const stored = tiles.map((tile) => ({ ...tile, data: gzipSync(text(tile)) }))
  expect(await roundTrip(stored, text)).toEqual({ contents: 1 + 18 })
})

test('an archive too large for one directory is read through its leaves', async () => {
  const text = ({ x, y }: { x: number; y: number }) => `${'·'.repeat((x * 31 + y * 17) % 97)}${x} ${y}`
  const tiles = Array.from({ length: 14_400 }, (_, i) => ({ z: 15, x: 17_000 + (i % 120), y: 11_900 + Math.floor(i / 120) }))
  await roundTrip(
    tiles.map((tile) => ({ ...tile, data: gzipSync(text(tile), { level: 1 }) })),
    text,
  )
})
