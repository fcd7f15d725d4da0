import { type Figure, figure } from '../report.ts'
import type { RateResult } from './session.ts'
import type { IdleResult, MovingResult, NodesResult } from './stages.ts'

/** A node whose event loop is held up longer than this is beyond what it can take. */
const LOOP_P99_MS = 25
/** Positions go on the bus, and fleets to consoles, this often. */
const TICK_MS = 250

const less = { lessIsBetter: true }
const aboveTick = (ageMs: number) => Math.max(0, ageMs - TICK_MS)
const isHeld = (result: RateResult) => result.lost === 0 && result.loopP99Ms < LOOP_P99_MS && result.consoleCount > 0
/** The highest rate that was held; without one, the lowest that was tried, which then does not count as held. */
const best = (results: readonly RateResult[]) => results.filter(isHeld).at(-1) ?? results[0]!
/** CPU is compared where a design is at its best: at the highest rate at which nothing was lost. */
const cpuUs = (results: readonly RateResult[]) => (results.filter((r) => r.lost === 0).at(-1) ?? results[0]!).cpuPerPositionUs

/** Positions in and out, beside the textbook. */
export function positionFigures(
  { rates, openedMs }: MovingResult,
  textbookRates: readonly RateResult[],
  drivers: number,
): Figure[] {
  if (rates.length === 0) return []
  const [main, textbook] = [best(rates), best(textbookRates)]
  const besideLoop = { textbook: textbook.loopP99Ms, goal: { atMost: LOOP_P99_MS }, ...less }
  return [
    figure('cpu_per_position_us', 'µs', cpuUs(rates), { textbook: cpuUs(textbookRates), goal: { ratioAtLeast: 25 }, ...less }),
    figure('positions_per_s', '1/s', isHeld(main) ? main.rate : 0, { textbook: textbook.rate, goal: { atLeast: 32_900 } }),
    figure('event_loop_p99_ms', 'ms', main.loopP99Ms, besideLoop),
    figure('lost', 'drivers', Math.max(...rates.map((result) => result.lost)), { goal: { atMost: 0 } }),
    figure('moving_sockets', 'sockets', drivers, { goal: { atLeast: 15_000 } }),
    figure('connects_per_s', '1/s', (drivers / openedMs) * 1_000),
  ]
}

/** Those who watch: consoles, a slow one, customers; and a storm of them. */
export function watcherFigures({ consoles, slow, customers, storm }: MovingResult): Figure[] {
  const figures: Figure[] = []
  if (consoles) {
    const { rate, consoleP99Ms, loopP99Ms, lost } = consoles
    figures.push(
      figure('console_push_p99_ms', 'ms above the tick', aboveTick(consoleP99Ms), { goal: { atMost: 50 } }),
      figure('console_changes_per_s', '1/s', rate),
      figure('console_loop_p99_ms', 'ms', loopP99Ms, { goal: { atMost: LOOP_P99_MS } }),
      figure('console_lost', 'drivers', lost, { goal: { atMost: 0 } }),
    )
  }
  if (slow) {
    const { before, during } = slow
    figures.push(
      figure('slow_reader_peak_kb', 'kB', during.slowPeakBytes / 1_024, { goal: { atMost: 1_024 } }),
      figure('slow_reader_recovery_ms', 'ms', during.slowRecoveryMs, { goal: { atMost: 1_000 } }),
      figure('slow_reader_others_p99_ms', 'ms more than before', during.consoleP99Ms - before.consoleP99Ms, {
        goal: { atMost: 50 },
      }),
    )
  }
  if (customers) {
    figures.push(
      figure('customer_push_p99_ms', 'ms', customers.customerP99Ms, { goal: { atMost: 20 } }),
      figure('customer_deliveries_per_s', '1/s', customers.customerCount / customers.seconds),
      figure('customer_cpu_per_position_us', 'µs', customers.cpuPerPositionUs),
      figure('customer_sockets', 'sockets', customers.followed * 2),
    )
  }
  if (storm) {
    figures.push(
      figure('storm_sockets', 'sockets', storm.sockets),
      figure('storm_recovered_ms', 'ms', storm.recoveredMs),
      figure('storm_lost', 'clients', storm.lost, { goal: { atMost: 0 } }),
      figure('storm_loop_p99_ms', 'ms', storm.loopP99Ms),
      figure('storm_cpu_per_socket_us', 'µs', storm.cpuPerSocketUs),
    )
  }
  return figures
}

/** Sockets that say nothing. */
export function idleFigures(idle: IdleResult): Figure[] {
  return [
    figure('idle_sockets', 'sockets', idle.sockets, { goal: { atLeast: 100_000 } }),
    figure('idle_socket_kb', 'kB', idle.kbEach, { goal: { atMost: 15 } }),
    figure('idle_socket_kernel_kb', 'kB', idle.kernelKbEach),
    figure('idle_socket_heap_kb', 'kB', idle.heapKbEach),
    figure('idle_node_kb_per_socket', 'kB, whole process', idle.allInKbEach),
  ]
}

/** Two nodes on Redis beside one without. */
export function nodesFigures({ alone, together }: NodesResult): Figure[] {
  return [
    figure('nodes_cpu_per_position_us', 'µs', together.cpuPerPositionUs),
    figure('bus_cpu_per_position_us', 'µs more than one node', together.cpuPerPositionUs - alone.cpuPerPositionUs),
    figure('nodes_console_push_p99_ms', 'ms above the tick', aboveTick(together.consoleP99Ms)),
    figure('nodes_customer_push_p99_ms', 'ms', together.customerP99Ms),
    figure('nodes_lost', 'drivers', together.lost, { goal: { atMost: 0 } }),
  ]
}
