import type { LatLon } from '@doorstep/shared/domain'

/** A door that can be delivered to. */
export interface Address extends LatLon {
  street: string
  number: string
  city: string
  postcode: string
  /** Not surveyed: a number laid along a named street, because the extract has too few addresses. */
  approximate: boolean
}
