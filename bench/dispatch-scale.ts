import { parseArgs } from 'node:util'
import { zstdCompressSync } from 'node:zlib'
import { encodeSnapshot, JOINT, type PlanResult, plan, recordTravel, type Snapshot } from '@doorstep/server/planner'
import { seededRng } from '@doorstep/shared/domain'
import { loadHighs } from './dispatch/load-highs.ts'
import { makeZone, type Zone, type ZoneSize } from './dispatch/make-zone.ts'
import { mean, quantile } from './dispatch/mdrp-evaluate.ts'
import { gapPct } from './dispatch/measure-gap.ts'
import { type BenchReport, type BenchResult, machine } from './dispatch/report-days.ts'

const NOW_MS = 1_800_000_000_000
const { values } = parseArgs({
  options: {
    drivers: { type: 'string', default: '1000' },
    orders: { type: 'string', default: '700' },
    ticks: { type: 'string', default: '200' },
    cases: { type: 'string', default: '200' },
    seed: { type: 'string', default: '1' },
    json: { type: 'boolean', default: false },
  },
})

const largeZone: ZoneSize = { orders: Number(values.orders), drivers: Number(values.drivers), merchants: 200, widthKm: 20 }

/** Sorted milliseconds of planning from nothing, and of ticks a second apart with one new order each. */
function measureZone(): { replanMs: number[]; tickMs: number[] } {
  const rng = seededRng(Number(values.seed))
  const zone = makeZone(rng, largeZone, NOW_MS)
  const replanMs: number[] = []
  let snapshot: Snapshot = zone.snapshot
  for (let i = 0; i < 5; i++) {
    const before = performance.now()
    const result = plan(zone.snapshot, JOINT, NOW_MS, rng)
    replanMs.push(performance.now() - before)
    snapshot = { ...zone.snapshot, previous: result.plan }
  }
  const tickMs: number[] = []
  for (let tick = 1; tick <= Number(values.ticks); tick++) {
    const nowMs = NOW_MS + tick * 1000
    const before = performance.now()
    const result = plan(snapshot, JOINT, nowMs, rng)
    tickMs.push(performance.now() - before)
    snapshot = follow(snapshot, result, nowMs, zone.addOrder)
  }
  return { replanMs: replanMs.sort((a, b) => a - b), tickMs: tickMs.slice(10).sort((a, b) => a - b) }
}

/** The zone a second later: who was told is on the way and busy, new orders have come in their place. */
function follow(
  snapshot: Snapshot,
  { decisions, plan: previous }: PlanResult,
  nowMs: number,
  addOrder: Zone['addOrder'],
): Snapshot {
  const busy = new Set<string>()
  const told = new Set<string>()
  for (const decision of decisions) {
    if (decision.kind !== 'offer' && decision.kind !== 'offer_many') continue
    busy.add(decision.kind === 'offer' ? decision.driverId : decision.driverIds[0]!)
    for (const id of decision.orderIds) told.add(id)
  }
  const orders = snapshot.orders.filter((order) => !told.has(order.id))
  for (let i = 0; i < Math.max(1, told.size); i++) orders.push(addOrder(`n${nowMs}.${i}`, nowMs))
  const drivers = snapshot.drivers.map((driver) => (busy.has(driver.id) ? { ...driver, freeAtMs: nowMs + 20 * 60_000 } : driver))
  return { ...snapshot, orders: orders.slice(-Number(values.orders)), drivers, previous }
}

/** Kilobytes that a tick takes when it is kept, compressed as the server does, in a zone under way. */
function recordedKb(size: ZoneSize): number {
  const { snapshot } = makeZone(seededRng(Number(values.seed)), size, NOW_MS)
  const { plan: previous } = plan(snapshot, JOINT, NOW_MS, seededRng(1))
  const recording = recordTravel({ ...snapshot, previous })
  plan(recording.snapshot, JOINT, NOW_MS + 1000, seededRng(2))
  return zstdCompressSync(encodeSnapshot(recording.record(), JOINT, NOW_MS + 1000, 2)).length / 1000
}

function result(name: string, unit: string, value: number, limit: number): BenchResult {
  return { name, unit, value: Number(value.toFixed(3)), textbook: null, ratio: null, goal: `≤ ${limit}`, ok: value <= limit }
}

const { replanMs, tickMs } = measureZone()
const highs = await loadHighs()
const gaps = Array.from({ length: Number(values.cases) }, (_, i) => gapPct(highs, Number(values.seed) * 1000 + i))
const report: BenchReport = {
  bench: 'dispatch-scale',
  machine: machine(),
  results: [
    result('tick_p50_ms', 'ms', quantile(tickMs, 0.5), 20),
    result('tick_p99_ms', 'ms', quantile(tickMs, 0.99), 100),
    result('replan_ms', 'ms', quantile(replanMs, 0.5), 1000),
    result('recorded_tick_kb', 'kB', recordedKb({ orders: 100, drivers: 60, merchants: 30, widthKm: 6 }), 50),
    result('recorded_large_tick_kb', 'kB', recordedKb(largeZone), 250),
    result('optimality_gap_pct', '%', mean(gaps), 2),
    result('optimality_gap_max_pct', '%', Math.max(...gaps), 100),
  ],
  details: { ...values, optimal: gaps.filter((gap) => gap < 1e-6).length },
}
for (const { name, value, unit, goal, ok } of report.results)
  console.error(`${ok ? 'ok  ' : 'MISS'} ${name} ${value} ${unit} (goal ${goal})`)
console.error(`${gaps.filter((gap) => gap < 1e-6).length} of ${gaps.length} small cases solved to the optimum`)
if (values.json) console.log(JSON.stringify(report))
