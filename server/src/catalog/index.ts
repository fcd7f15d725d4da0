// What can be ordered, where and when: zones, merchants with their opening hours, menus, browsing and search.
// Orders read prices and availability here at the moment they are placed; nobody else reads these tables' rules.
export { type Catalog, createCatalog, type OrderingItem, type OrderingMerchant, type ServiceZone } from './catalog.ts'
export type { CatalogImport, CatalogImported, ImportMerchant } from './import-catalog.ts'
export { catalogRoutes } from './routes.ts'
