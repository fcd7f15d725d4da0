import { ErrorBoundary } from '@doorstep/shared/ui'
import { lazy, Suspense } from 'react'
import { useDriverView } from '../driver-context.ts'
import { words } from '../words.ts'
import type { DriverMapProps } from './driver-map.tsx'

const DriverMap = lazy(() => import('./driver-map.tsx').then((module) => ({ default: module.DriverMap })))

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
