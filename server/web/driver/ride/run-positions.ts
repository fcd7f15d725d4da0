import type { LatLon } from '@doorstep/shared/domain'
import type { DriverCore } from '../state/driver-core.ts'
import { shownState } from '../state/shown-state.ts'
import { type DevicePosition, watchDevice } from './device-position.ts'
import type { Fix } from './position-pace.ts'
import { type RideLine, rideLine, rideStep, ridingSpeedMps } from './ride-along.ts'

/** Where positions come from, and what moves in a demo. */
export interface PositionRun {
  useDevice(): void
  /** Stands at a place of the demo. */
  useDemo(place: LatLon): void
  /** Whether the app rides along the route by itself; only with a demo position. */
  driveForMe(isOn: boolean): void
  /** After a reload in the middle of a shift: goes on where positions came from before. */
  resume(): void
  /** The page came back to the front. */
  cameBack(): void
  stop(): void
}

const STEP_MS = 1_000
const KEPT_SOURCE = 'doorstep.driver.position'

/** Runs the position of a driver's app. */
export function runPositions(core: DriverCore): PositionRun {
  let device: DevicePosition | undefined
  let timer: ReturnType<typeof setInterval> | undefined
  const take = (fix: Fix, isAsked: boolean) => {
    core.view.setState({ fix, positionProblem: null })
    core.positions.take(fix, isAsked)
  }
  const stop = () => {
    device?.stop()
    device = undefined
    clearInterval(timer)
  }
  const step = demoStepper(core, (fix) => take(fix, false))
  const run: PositionRun = {
    useDevice() {
      stop()
      localStorage.setItem(KEPT_SOURCE, 'device')
      core.view.setState({ source: 'device', isDrivenForMe: false, positionProblem: null })
      const problem = (positionProblem: 'denied' | 'unavailable' | 'insecure') =>
        core.view.setState(({ fix }) => ({ positionProblem, source: fix ? 'device' : 'none' }))
      device = watchDevice(take, problem, core.clock.at)
    },
    useDemo(place) {
      stop()
      localStorage.setItem(KEPT_SOURCE, 'demo')
      const { fix } = core.view.getState()
      core.view.setState({ source: 'demo', positionProblem: null })
      take({ ...(fix ?? place), ...standing(core.clock.nowMs()) }, true)
      timer = setInterval(step, STEP_MS)
    },
    driveForMe: (isDrivenForMe) => core.view.setState({ isDrivenForMe }),
    resume() {
      const { source, about, state } = core.view.getState()
      const kept = localStorage.getItem(KEPT_SOURCE)
      if (source !== 'none' || !state?.shift) return
      if (kept === 'device') run.useDevice()
      if (kept === 'demo' && about?.isDemo) run.useDemo(state.place ?? about.city.centre)
    },
    cameBack() {
      const { fix, source } = core.view.getState()
      if (source === 'device') device?.now()
      else if (fix) take({ ...fix, atMs: core.clock.nowMs() }, true)
      core.live?.reconnectNow()
      core.outbox?.sendNow()
      core.positions.flush()
    },
    stop() {
      stop()
      localStorage.removeItem(KEPT_SOURCE)
      core.view.setState({ source: 'none', fix: null, isDrivenForMe: false })
    },
  }
  return run
}

const standing = (atMs: number) => ({ atMs, courseDeg: null, speedMps: 0, accuracyM: 5 })

/** One second of a demo ride: along the route towards the next stop, or standing. */
function demoStepper(core: DriverCore, take: (fix: Fix) => void): () => void {
  let lineOf: { geometry: unknown; line: RideLine } | undefined
  let lastMs = core.clock.nowMs()
  return () => {
    const nowMs = core.clock.nowMs()
    const seconds = Math.min(10 * core.clock.speed(), Math.max(0, (nowMs - lastMs) / 1_000))
    lastMs = nowMs
    const { fix, isDrivenForMe } = core.view.getState()
    const shown = shownState(core.view.getState())
    const next = shown?.stops[0]
    if (!fix) return
    const { geometry = [] } = shown?.route ?? {}
    if (lineOf?.geometry !== geometry) lineOf = { geometry, line: rideLine(geometry) }
    const isRiding = isDrivenForMe && next && next.arrivedAtMs === null && lineOf.line.points.length > 1
    const ridden = isRiding ? rideStep(lineOf.line, fix, next.place, ridingSpeedMps(shown.route), seconds) : undefined
    if (!ridden) return take({ ...fix, ...standing(nowMs), courseDeg: fix.courseDeg })
    const { place, courseDeg, speedMps } = ridden
    take({ ...place, courseDeg, speedMps, accuracyM: 5, atMs: nowMs })
  }
}
