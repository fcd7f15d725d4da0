import type { MerchantId } from '@doorstep/shared/domain'
import { distanceM, seededRng } from '@doorstep/shared/domain'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { NOON_MS, openTestApp, type TestApp } from '../http/testing.ts'
import type { CatalogImport, ImportMerchant } from './index.ts'

const CENTRE = { lat: 40.75, lon: -73.99 }
const HOUR_MS = 3_600_000
const rng = seededRng(7)

const merchant = (source: string, more: Partial<ImportMerchant> = {}): ImportMerchant => ({
  source,
  name: `Shop ${source}`,
  category: 'cafe',
  position: { lat: CENTRE.lat + (rng() - 0.5) * 0.05, lon: CENTRE.lon + (rng() - 0.5) * 0.05 },
  address: `${source} Main Street`,
  openingHours: null,
  isDemo: true,
  sections: [
    {
      name: 'Drinks',
      items: [
        { name: 'Espresso', priceMinor: 250 },
        { name: 'Flat white', priceMinor: 420 },
      ],
    },
  ],
  ...more,
})

const data: CatalogImport = {
  zone: {
    source: 'test-town',
    name: 'Test Town',
    polygon: [
      [
        [-74.1, 40.6],
        [-73.8, 40.6],
        [-73.8, 40.9],
        [-74.1, 40.9],
        [-74.1, 40.6],
      ],
    ],
    timeZone: 'America/New_York',
    currency: 'USD',
  },
  merchants: [
    ...Array.from({ length: 57 }, (_, i) => merchant(`node/${i}`)),
    merchant('node/100', {
      name: "Luigi's",
      category: 'pizza',
      sections: [
        {
          name: 'Pizza',
          items: [
            { name: 'Pizza Margherita', priceMinor: 1100 },
            { name: 'Quattro Formaggi', description: 'Four cheeses', priceMinor: 1400 },
          ],
        },
      ],
    }),
    merchant('node/101', { name: 'Night Owl', category: 'bar', openingHours: 'Mo-Su 20:00-02:00' }),
    merchant('node/102', { name: '100% Juice', category: 'juice' }),
  ],
}

let app: TestApp
const ids = new Map<string, MerchantId>()
let staff: string
beforeAll(async () => {
  app = await openTestApp()
  const { zoneId } = await app.catalog.import(data)
  for (const row of await app.catalog.merchantsOfZone(zoneId, NOON_MS)) ids.set(row.name, row.id)
  await app.accounts.ensureUser(app.db, {
    email: 'luigi@example.org',
    name: 'Luigi',
    role: 'merchant',
    merchantId: ids.get("Luigi's")!,
    isDemo: true,
  })
  staff = (await app.ask('POST', 'auth/demo', { body: { email: 'luigi@example.org' } })).body.token
})
afterAll(() => app.close())

const browse = (query: string) => app.ask('GET', `merchants?lat=${CENTRE.lat}&lon=${CENTRE.lon}&${query}`)

describe('browsing', () => {
  it('gives every merchant once, nearest first, however the pages are cut', async () => {
    for (const limit of [1, 7, 60]) {
      const seen: { id: string; distanceM: number; position: { lat: number; lon: number } }[] = []
      for (let cursor = ''; ; ) {
        const { status, body } = await browse(`limit=${limit}&cursor=${cursor}`)
        expect(status).toBe(200)
        seen.push(...body.items)
        if (!body.nextCursor) break
        cursor = body.nextCursor
      }
      expect(new Set(seen.map(({ id }) => id)).size).toBe(60)
      expect(seen.map((m) => m.distanceM)).toEqual(seen.map((m) => Math.round(distanceM(CENTRE, m.position))))
      expect(seen.map((m) => m.distanceM)).toEqual(seen.map((m) => m.distanceM).toSorted((a, b) => a - b))
    }
  })

  it('keeps to the radius and the category', async () => {
    const { body } = await browse('radiusM=1500&limit=100')
    expect(body.items.length).toBeGreaterThan(0)
    for (const item of body.items) expect(item.distanceM).toBeLessThanOrEqual(1500)
    expect((await browse('category=pizza')).body.items.map((m: { name: string }) => m.name)).toEqual(["Luigi's"])
  })

  it('shows what a customer decides by', async () => {
    const [luigi] = (await browse('category=pizza')).body.items
    expect(luigi).toMatchObject({
      isOpen: true,
      opensAtMs: null,
      prepMinutes: 15,
      etaMinutes: 35,
      deliveryFeeMinor: 299,
      currency: 'USD',
      isDemo: true,
    })
  })

  it('says when a closed merchant opens, and leaves closed ones out when asked', async () => {
    const [owl] = (await browse('category=bar')).body.items
    expect(owl).toMatchObject({ isOpen: false, opensAtMs: NOON_MS + 8 * HOUR_MS })
    expect((await browse('category=bar&openNow=true')).body).toEqual({ items: [], nextCursor: null })
    const open = (await browse('openNow=true&limit=59')).body
    expect(open.items).toHaveLength(59)
    expect(open.items.every((m: { isOpen: boolean }) => m.isOpen)).toBe(true)
  })

  it('refuses a cursor of its own invention and coordinates off the earth, naming the field', async () => {
    expect((await browse('cursor=abc')).body).toMatchObject({ code: 'invalid_input', errors: [{ field: 'query.cursor' }] })
    const { status, body } = await app.ask('GET', 'merchants?lat=91&lon=')
    expect(status).toBe(400)
    expect(body.errors.map((e: { field: string; rule: string }) => [e.field, e.rule])).toEqual([
      ['query.lat', 'too_big'],
      ['query.lon', 'invalid_type'],
    ])
  })
})

describe('search', () => {
  const names = async (q: string) => (await browse(`q=${encodeURIComponent(q)}`)).body.items.map((m: { name: string }) => m.name)

  it('finds merchants by name and by dish, typing mistakes and parts of words included', async () => {
    expect(await names('luigi')).toEqual(["Luigi's"])
    expect(await names('margerita')).toEqual(["Luigi's"])
    expect(await names('formag')).toEqual(["Luigi's"])
    expect(await names('xyzzy')).toEqual([])
  })

  it('says which dishes matched', async () => {
    const [luigi] = (await browse('q=quatro%20formaggi')).body.items
    expect(luigi.matchedItems).toEqual(['Quattro Formaggi'])
  })

  it('takes signs that mean something to databases as plain text', async () => {
    expect(await names('100%')).toEqual(['100% Juice'])
    expect(await names('%')).toEqual(['100% Juice'])
    expect(await names("'; drop table merchants; --")).toEqual([])
    expect(await names('_')).toEqual([])
  })
})

describe('a menu', () => {
  const availability = (itemId: string, body: object, token = staff) =>
    app.ask('PUT', `merchant/items/${itemId}/availability`, { token, body })
  const menu = async () => (await app.ask('GET', `merchants/${ids.get("Luigi's")}/menu`)).body

  it('keeps sections and items in their order', async () => {
    const { sections, currency } = await menu()
    expect(currency).toBe('USD')
    expect(sections).toMatchObject([
      {
        name: 'Pizza',
        items: [
          { name: 'Pizza Margherita', priceMinor: 1100 },
          { name: 'Quattro Formaggi', description: 'Four cheeses' },
        ],
      },
    ])
  })

  it('has an item out of stock until the moment named, and back from then on', async () => {
    const { id } = (await menu()).sections[0].items[0]
    const untilMs = app.clock.nowMs() + HOUR_MS
    expect((await availability(id, { available: false, untilMs })).body).toMatchObject({
      isAvailable: false,
      unavailableUntilMs: untilMs,
    })
    expect((await menu()).sections[0].items[0].isAvailable).toBe(false)
    expect(await app.catalog.itemsForOrder([id], untilMs - 1)).toMatchObject([{ isAvailable: false }])
    expect(await app.catalog.itemsForOrder([id], untilMs)).toMatchObject([{ isAvailable: true }])
    app.clock.advance(HOUR_MS)
    expect((await menu()).sections[0].items[0]).toMatchObject({ isAvailable: true, unavailableUntilMs: null })
  })

  it('has an item out of stock until told otherwise', async () => {
    const { id } = (await menu()).sections[0].items[1]
    await availability(id, { available: false })
    expect(await app.catalog.itemsForOrder([id], NOON_MS + 1e10)).toMatchObject([{ isAvailable: false }])
    await availability(id, { available: true })
    expect((await menu()).sections[0].items[1].isAvailable).toBe(true)
  })

  it('can be changed by its own staff alone: of others it is not there', async () => {
    const other = (await app.ask('GET', `merchants/${ids.get('Night Owl')}/menu`)).body.sections[0].items[0].id
    expect(await availability(other, { available: false })).toMatchObject({ status: 404, body: { code: 'not_found' } })
    const customer = (
      await app.ask('POST', 'auth/register', { body: { email: 'c@example.org', password: 'correct horse', name: 'C' } })
    ).body.token
    expect(await availability(other, { available: false }, customer)).toMatchObject({ status: 403, body: { code: 'forbidden' } })
    expect(await app.catalog.itemsForOrder([other], NOON_MS)).toMatchObject([{ isAvailable: true }])
  })
})

describe('a shop', () => {
  const shop = (body: object) => app.ask('PATCH', 'merchant/shop', { token: staff, body })

  it('takes no orders while it is paused, and says from when it does', async () => {
    const pausedUntilMs = app.clock.nowMs() + HOUR_MS / 2
    expect((await shop({ pausedUntilMs })).body).toMatchObject({ isOpen: false, opensAtMs: pausedUntilMs, pausedUntilMs })
    expect(await app.catalog.merchantForOrder(ids.get("Luigi's")!, pausedUntilMs - 1)).toMatchObject({ isOpen: false })
    expect(await app.catalog.merchantForOrder(ids.get("Luigi's")!, pausedUntilMs)).toMatchObject({ isOpen: true })
    expect((await shop({ pausedUntilMs: null })).body).toMatchObject({ isOpen: true, pausedUntilMs: null })
  })

  it('adds its busy minutes to what customers are told', async () => {
    expect((await shop({ busyExtraMinutes: 20 })).body).toMatchObject({ prepMinutes: 35, etaMinutes: 55, busyExtraMinutes: 20 })
    await shop({ busyExtraMinutes: 0 })
  })

  it('keeps its hours when new ones cannot be read', async () => {
    const { status, body } = await shop({ openingHours: 'whenever' })
    expect(status).toBe(400)
    expect(body.errors).toEqual([
      { field: 'body.openingHours', rule: 'opening_hours', message: 'not in the OpenStreetMap format' },
    ])
    expect((await shop({ openingHours: 'Mo-Su 00:00-24:00' })).body.openingHours).toBe('Mo-Su 00:00-24:00')
  })
})

describe('an import', () => {
  it('of the same content writes nothing', async () => {
    expect(await app.catalog.import(data)).toMatchObject({ isNew: false })
  })

  it('of a new edition keeps ids and what the shop set, and takes dishes that are gone off the menu', async () => {
    const before = (await app.ask('GET', `merchants/${ids.get("Luigi's")}/menu`)).body.sections[0].items
    await app.ask('PATCH', 'merchant/shop', { token: staff, body: { prepMinutes: 25 } })
    const edition = structuredClone(data) as { merchants: ImportMerchant[] } & CatalogImport
    const luigi = edition.merchants.findIndex(({ source }) => source === 'node/100')
    edition.merchants[luigi] = {
      ...edition.merchants[luigi]!,
      sections: [{ name: 'Pizza', items: [{ name: 'Quattro Formaggi', priceMinor: 1500 }] }],
    }
    expect(await app.catalog.import(edition)).toMatchObject({ isNew: true })
    const { sections } = (await app.ask('GET', `merchants/${ids.get("Luigi's")}/menu`)).body
    expect(sections[0].items).toMatchObject([{ id: before[1].id, priceMinor: 1500 }])
    expect(await app.catalog.itemsForOrder([before[0].id], NOON_MS)).toEqual([])
    expect((await app.ask('GET', `merchants/${ids.get("Luigi's")}`)).body.prepMinutes).toBe(25)
  })
})

describe('zones', () => {
  it('are public with their fees, and know which places lie in them', async () => {
    const { body } = await app.ask('GET', 'zones')
    expect(body.items).toMatchObject([
      { name: 'Test Town', timeZone: 'America/New_York', deliveryFeeMinor: 299, serviceFeeShare: 0.15 },
    ])
    expect(await app.catalog.zoneAt(CENTRE)).toMatchObject({ name: 'Test Town' })
    expect(await app.catalog.zoneAt({ lat: 0, lon: 0 })).toBeUndefined()
  })

  it('change their policy only from the version that was seen', async () => {
    const [zone] = await app.catalog.zones()
    expect(await app.catalog.replacePolicy(zone!.id, { offerTimeoutS: 20 }, 1)).toBe(2)
    expect(await app.catalog.replacePolicy(zone!.id, { offerTimeoutS: 10 }, 1)).toBeUndefined()
    expect((await app.catalog.zones())[0]).toMatchObject({ policy: { offerTimeoutS: 20 }, policyVersion: 2 })
  })

  it('count their categories', async () => {
    const { body } = await app.ask('GET', 'categories')
    expect(body.items[0]).toEqual({ category: 'cafe', merchants: 57 })
  })
})

describe('a merchant', () => {
  it('adds ratings to its mean', async () => {
    const id = ids.get('Night Owl')!
    await app.catalog.rateMerchant(app.db, id, 4)
    await app.catalog.rateMerchant(app.db, id, 5)
    expect((await app.ask('GET', `merchants/${id}`)).body).toMatchObject({ rating: 4.5, ratingCount: 2 })
  })

  it('that does not exist is not found, and an id that is none is refused', async () => {
    expect(await app.ask('GET', 'merchants/0198c0de-0000-7000-8000-000000000000')).toMatchObject({ status: 404 })
    expect(await app.ask('GET', 'merchants/17')).toMatchObject({
      status: 400,
      body: { errors: [{ field: 'params.id', rule: 'invalid_format' }] },
    })
  })
})
