// What can be ordered, where and when: zones, merchants with their opening hours, menus, browsing and search.
// Orders read prices and availability here at the moment they are placed; nobody else reads these tables' rules.
export { type Catalog, createCatalog, type OrderingItem, type OrderingMerchant, type ServiceZone } from './catalog.ts'
export { type CatalogImport, type CatalogImported, type ImportMerchant, USUAL_PREP_MINUTES } from './import-catalog.ts'
export { createOpeningTimes } from './opening-hours.ts'
export { catalogRoutes } from './routes.ts'
