declare const brand: unique symbol
type Branded<Name extends string> = string & { readonly [brand]: Name }

/** Ids are UUID strings, branded once at the edge where a row or a request is parsed. */
export type OrderId = Branded<'OrderId'>
export type MerchantId = Branded<'MerchantId'>
export type MenuItemId = Branded<'MenuItemId'>
export type UserId = Branded<'UserId'>
export type DriverId = Branded<'DriverId'>
export type ZoneId = Branded<'ZoneId'>
