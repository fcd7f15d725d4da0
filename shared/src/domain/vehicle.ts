/** What a driver rides; routes, travel fields and capacity differ by it. */
export const VEHICLES = ['bicycle', 'motorcycle', 'car', 'van'] as const
export type Vehicle = (typeof VEHICLES)[number]
