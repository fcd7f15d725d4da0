import type { Address } from '@doorstep/shared/contract'
import type { LatLon } from '@doorstep/shared/domain'
import { useState } from 'react'
import { useLoad, useView } from '../../kit/index.ts'
import { words } from '../words.ts'
import { usePlace } from './chosen-place.ts'

/** A place being chosen: the pin, what it is called, and whether anybody delivers there. */
export interface DraftPlace {
  place: LatLon | null
  address: string | null
  /** Undefined until the server has said. */
  isInZone: boolean | undefined
  isReading: boolean
  hasNoAddress: boolean
  movePin(place: LatLon): void
  choose(address: Address): void
}

/** Starts from the place chosen before; a moved pin takes the nearest address's name, a chosen address keeps its own. */
export function useDraftPlace(): DraftPlace {
  const { api } = useView()
  const before = usePlace.getState().chosen
  const [draft, setDraft] = useState<{ place: LatLon; label: string | null } | null>(
    before && { place: before.place, label: before.address },
  )
  const nearest = useLoad(draft && `nearest ${draft.place.lat.toFixed(5)} ${draft.place.lon.toFixed(5)}`, (signal) =>
    api.call('GET /addresses/nearest', { query: draft!.place, signal }),
  )
  const found = nearest.data?.address ?? null
  const unnamed = draft && words.place.unnamed(draft.place.lat.toFixed(5), draft.place.lon.toFixed(5))
  return {
    place: draft?.place ?? null,
    address: draft?.label ?? (nearest.data ? (found?.label ?? unnamed) : null),
    isInZone: nearest.data?.isInZone,
    isReading: draft !== null && nearest.isLoading && !nearest.data,
    hasNoAddress: draft?.label === null && nearest.data !== undefined && found === null,
    movePin: (place) => setDraft({ place, label: null }),
    choose: (address) => setDraft({ place: address.place, label: address.label }),
  }
}
