import { ErrorBoundary } from '@doorstep/shared/ui'
import { lazy, Suspense } from 'react'
import { useDriverView } from '../driver-context.ts'
import { words } from '../words.ts'
import type { DriverMapProps } from './driver-map.tsx'

let loading: Promise<{ default: typeof import('./driver-map.tsx').DriverMap }> | undefined

const loadMap = () => {
  loading ??= import('./driver-map.tsx').then((module) => ({ default: module.DriverMap }))
  return loading
}

const DriverMap = lazy(loadMap)

/** Fetches the map while there is a connection, so that it is there in a tunnel too. */
export const preloadMap = (): void =>
  void loadMap().catch(() => {
    loading = undefined // no network: it is asked for again with the next change
  })

/** The map, loaded when one is shown first; without a network the page goes on without it. */
export function LazyDriverMap(props: Omit<DriverMapProps, 'city'>) {
  const city = useDriverView((view) => view.about?.city)
  if (!city) return null
  return (
    <ErrorBoundary fallback={() => <p className="map-note">{words.route.mapFailed}</p>}>
      <Suspense fallback={<div className="map" />}>
        <DriverMap {...props} city={city} />
      </Suspense>
    </ErrorBoundary>
  )
}
