import { LocateFixed, MapPinned } from 'lucide-react'
import { lazy, Suspense, useId, useState } from 'react'
import { Guarded, toast, useAbout } from '../../kit/index.ts'
import { useGoBack } from '../go-back.ts'
import { TopBar } from '../top-bar.tsx'
import { words } from '../words.ts'
import { AddressSearch } from './address-search.tsx'
import { usePlace } from './chosen-place.ts'
import { locate } from './locate.ts'
import { useDraftPlace } from './use-draft-place.ts'

const PinMap = lazy(async () => ({ default: (await import('./pin-map.tsx')).PinMap }))
const DETAILS_MAX = 120
const NOTE_MAX = 500

/** Where it should go: by location, by address, and to the metre by the pin. */
export function PlacePage() {
  const { city } = useAbout()
  const goBack = useGoBack('/')
  const draft = useDraftPlace()
  const before = usePlace.getState().chosen
  const [details, setDetails] = useState(before?.details ?? '')
  const [note, setNote] = useState(before?.note ?? '')
  const { place, address, isInZone, isReading } = draft
  const use = () => {
    if (!place || !address) return
    usePlace.setState({ chosen: { place, address, details: details.trim(), note: note.trim() } })
    goBack()
  }
  return (
    <div className="place-page">
      <main className="left" id="content">
        <TopBar title={words.place.title} parent="/" />
        <AddressSearch near={place ?? city.centre} onChoose={draft.choose} />
        <div className="place-ways">
          <LocateButton onFound={draft.movePin} />
          {!place && (
            <button type="button" className="tb line" onClick={() => draft.movePin(city.centre)}>
              <MapPinned size={20} strokeWidth={1.75} aria-hidden />
              {words.place.onMap}
            </button>
          )}
        </div>
        {place && (
          <>
            <div className="place-map">
              <Guarded>
                <Suspense fallback={<p className="map-note">{words.mapLoading}</p>}>
                  <PinMap place={place} onMove={draft.movePin} />
                </Suspense>
              </Guarded>
            </div>
            <div className="place-found" aria-live="polite">
              <p className="b">{isReading ? words.place.finding : address}</p>
              {draft.hasNoAddress && <p className="sm ink2">{words.place.noAddress}</p>}
              {isInZone === false && <p className="problem">{words.place.outside}</p>}
            </div>
            <div className="form">
              <Field
                label={words.place.details}
                hint={words.place.detailsHint}
                value={details}
                max={DETAILS_MAX}
                onChange={setDetails}
              />
              <Field label={words.place.note} hint={words.place.noteHint} value={note} max={NOTE_MAX} onChange={setNote} isLong />
            </div>
            <div className="dock">
              <button type="button" className="tb pri" disabled={!address || isInZone === false || isReading} onClick={use}>
                {words.place.use}
              </button>
            </div>
          </>
        )}
      </main>
    </div>
  )
}

function LocateButton({ onFound }: { onFound: (place: { lat: number; lon: number }) => void }) {
  const [isLocating, setIsLocating] = useState(false)
  const find = async () => {
    setIsLocating(true)
    const found = await locate()
    setIsLocating(false)
    if (found.ok) onFound(found.value)
    else toast(found.error === 'denied' ? words.place.denied : words.place.unavailable)
  }
  return (
    <button type="button" className="tb line" disabled={isLocating} onClick={() => void find()}>
      <LocateFixed size={20} strokeWidth={1.75} aria-hidden />
      {isLocating ? words.place.locating : words.place.locate}
    </button>
  )
}

interface FieldProps {
  label: string
  hint: string
  value: string
  max: number
  onChange: (text: string) => void
  isLong?: boolean
}

function Field({ label, hint, value, max, onChange, isLong = false }: FieldProps) {
  const id = useId()
  const given = { id, value, maxLength: max, placeholder: hint }
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      {isLong ? (
        <textarea {...given} rows={2} onChange={(event) => onChange(event.target.value)} />
      ) : (
        <input {...given} autoComplete="address-line2" onChange={(event) => onChange(event.target.value)} />
      )}
    </div>
  )
}
