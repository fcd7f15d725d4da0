import { type Bus, type BusConnection, watchConnection } from '../bus/index.ts'
import type { Clock, Log, Metrics } from '../platform/index.ts'

/** Shows operators whether this node reaches the others: in the log, as a gauge, and as what `/readyz` calls degraded. */
export function watchOthers({ bus, clock, log, metrics }: { bus: Bus; clock: Clock; log: Log; metrics: Metrics }) {
  const gauge = metrics.gauge('doorstep_bus_connected', '1 while this node reaches the others, 0 while it goes on by itself')
  const show = ({ isConnected, sinceMs }: BusConnection) => {
    gauge.set(isConnected ? 1 : 0)
    if (isConnected) log.info({}, 'this node reaches the others')
    else log.warn({ sinceMs }, 'this node does not reach the others and goes on by itself')
  }
  const watched = watchConnection(bus, clock, show)
  show(watched.state())
  return {
    /** What works less well at this moment, a sentence each. */
    degraded(): string[] {
      const { isConnected, sinceMs } = watched.state()
      return isConnected ? [] : [`bus lost since ${new Date(sinceMs).toISOString()}: this node goes on by itself`]
    },
    stop: watched.stop,
  }
}
