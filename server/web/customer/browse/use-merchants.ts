import type { MerchantSummary } from '@doorstep/shared/contract'
import { type Pages, useAbout, usePages, useView } from '../../kit/index.ts'
import { usePlace } from '../place/chosen-place.ts'
import type { Filter } from './filters.tsx'

/** Merchants around the chosen place, or around the middle of the city for who has not chosen yet. */
export function useMerchants({ q, category, openNow }: Filter): Pages<MerchantSummary> {
  const { api } = useView()
  const { city } = useAbout()
  const chosen = usePlace((state) => state.chosen)
  const { lat, lon } = chosen?.place ?? city.centre
  const query = { lat, lon, ...(q && { q }), ...(category && { category }), ...(openNow && { openNow: 'true' }) }
  return usePages(`merchants ${JSON.stringify(query)}`, (cursor, signal) =>
    api.call('GET /merchants', { query: { ...query, ...(cursor && { cursor }) }, signal }),
  )
}
