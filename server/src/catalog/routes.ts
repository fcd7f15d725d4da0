import { AppError, type HandleRoute, type Principal } from '../platform/index.ts'
import type { Catalog } from './catalog.ts'

function shopOf(principal: Principal) {
  if (!principal.merchantId) throw new AppError('forbidden', 'This account belongs to no merchant.')
  return principal.merchantId
}

/** Puts merchants, menus, zones and categories behind their routes, and what a merchant says about its own shop. */
export function catalogRoutes(handle: HandleRoute, catalog: Catalog): void {
  handle('GET /zones', async () => ({ items: await catalog.publicZones() }))
  handle('GET /categories', async ({ query }) => ({ items: await catalog.categories(query.zoneId) }))
  handle('GET /merchants', ({ query }) => catalog.browse(query))
  handle('GET /merchants/:id', ({ params }) => catalog.merchant(params.id))
  handle('GET /merchants/:id/menu', ({ params }) => catalog.menu(params.id))

  handle('GET /merchant/shop', ({ principal }) => catalog.merchant(shopOf(principal)))
  handle('GET /merchant/menu', ({ principal }) => catalog.menu(shopOf(principal)))
  handle('PATCH /merchant/shop', ({ principal, body }) => {
    const { pausedUntilMs, busyExtraMinutes, prepMinutes, openingHours } = body
    return catalog.changeShop(shopOf(principal), {
      ...(pausedUntilMs === undefined ? {} : { pausedUntil: pausedUntilMs }),
      ...(busyExtraMinutes === undefined ? {} : { busyExtraMinutes }),
      ...(prepMinutes === undefined ? {} : { prepMinutes }),
      ...(openingHours === undefined ? {} : { openingHours }),
    })
  })
  handle('PUT /merchant/items/:itemId/availability', ({ principal, params, body }) =>
    catalog.setAvailability(shopOf(principal), params.itemId, { isAvailable: body.available, untilMs: body.untilMs ?? null }),
  )
}
