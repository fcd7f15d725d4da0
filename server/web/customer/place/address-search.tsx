import type { Address } from '@doorstep/shared/contract'
import type { LatLon } from '@doorstep/shared/domain'
import { MapPin } from 'lucide-react'
import { useState } from 'react'
import { Failed, useLoad, useView } from '../../kit/index.ts'
import { SearchField } from '../browse/filters.tsx'
import { words } from '../words.ts'

/** Fewer letters than this fit half the town. */
const LEAST_LETTERS = 2

/** Finds an address by its text; nearer ones come first. */
export function AddressSearch({ near, onChoose }: { near: LatLon; onChoose: (address: Address) => void }) {
  const { api } = useView()
  const [text, setText] = useState('')
  const isEnough = text.length >= LEAST_LETTERS
  const found = useLoad(isEnough ? `addresses ${text}` : null, (signal) =>
    api.call('GET /addresses', { query: { q: text, lat: near.lat, lon: near.lon }, signal }),
  )
  const items = isEnough ? found.data?.items : undefined
  return (
    <>
      <SearchField value={text} onChange={setText} label={words.place.search} placeholder={words.place.search} />
      <p className="vh" aria-live="polite">
        {items && words.place.results(items.length)}
      </p>
      {isEnough && found.error && !items && <Failed error={found.error} retry={found.reload} />}
      {items && items.length === 0 && <p className="pad sm ink2 no-address">{words.place.noResults(text)}</p>}
      {items && items.length > 0 && (
        <ul className="addresses">
          {items.map((address) => (
            <li key={`${address.label} ${address.place.lat} ${address.place.lon}`}>
              <button
                type="button"
                className="address"
                onClick={() => {
                  setText('')
                  onChoose(address)
                }}
              >
                <MapPin size={20} strokeWidth={1.75} aria-hidden />
                <span className="grow">
                  <span className="cut">{address.label}</span>
                  <span className="sm ink2 cut">
                    {[address.city, address.isApproximate ? words.place.approximate : null].filter(Boolean).join(', ')}
                  </span>
                </span>
              </button>
            </li>
          ))}
        </ul>
      )}
    </>
  )
}
