// The load in a process of its own: drivers who move, consoles and customers who watch and note how old what they get is.
import { latAt } from './city.ts'
import { createHistogram } from './histogram.ts'
import { createCrowd, type Follower } from './load-crowd.ts'
import type { LoadCommand, LoadResult, LoadSettings, LoadStage, Opened, StormResult } from './node-messages.ts'
import { doorstepWire, textbookWire } from './wires.ts'

const settings = JSON.parse(process.argv[2] ?? '') as LoadSettings
const wire = settings.wire === 'doorstep' ? doorstepWire() : textbookWire()
const crowd = createCrowd(wire, settings)
const TICK_MS = 5
const LONGEST_STORM_MS = 60_000

const lastSent = new Map<number, number>()
let seq = 0

const after = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms))

function sendAtRate({ rate, seconds }: LoadStage): Promise<number> {
  const drivers = [...crowd.drivers.values()]
  if (drivers.length === 0 || rate === 0) return after(seconds * 1_000).then(() => 0)
  return new Promise((resolve) => {
    const beganMs = performance.now()
    let sent = 0
    const timer = setInterval(() => {
      const passedMs = performance.now() - beganMs
      const due = Math.floor((Math.min(passedMs, seconds * 1_000) / 1_000) * rate)
      const nowMs = Date.now()
      for (; sent < due; sent++) {
        const { n, socket } = drivers[seq++ % drivers.length]!
        socket.send(wire.position(n, nowMs, seq))
        lastSent.set(n, latAt(n, nowMs))
      }
      if (passedMs < seconds * 1_000) return
      clearInterval(timer)
      resolve(sent)
    }, TICK_MS)
  })
}

/** Drivers whose last position a console does not show, once it had time to catch up. */
async function lostWhenQuiet(): Promise<number> {
  for (let waitedMs = 0; ; waitedMs += 250) {
    await after(250)
    let lost = 0
    for (const shown of crowd.shown) for (const [n, lat] of lastSent) if (Math.abs(lat - (shown[n] ?? 0)) > 2e-7) lost++
    if (lost === 0 || waitedMs > 10_000) return lost
  }
}

/** The slow console stops for a while; how long it took to be current again. */
async function slowReader(stopMs: number): Promise<number> {
  const { slow } = crowd
  if (!slow.socket) return Number.NaN
  slow.socket.pause()
  await after(stopMs)
  const resumedAtMs = performance.now()
  slow.currentAtMs = 0
  slow.socket.resume()
  while (slow.currentAtMs === 0) {
    if (performance.now() - resumedAtMs > 5_000) return Number.NaN
    await after(5)
  }
  return slow.currentAtMs - resumedAtMs
}

async function run(stage: LoadStage): Promise<LoadResult> {
  crowd.ages.console = createHistogram()
  crowd.ages.customer = createHistogram()
  const recovery = stage.slowReaderMs ? slowReader(stage.slowReaderMs) : Promise.resolve(Number.NaN)
  const beganMs = performance.now()
  const sent = await sendAtRate(stage)
  const seconds = (performance.now() - beganMs) / 1_000
  const slowRecoveryMs = await recovery
  const lost = await lostWhenQuiet()
  const { console: seen, customer: told } = crowd.ages
  return {
    ...{ sent, seconds, lost, slowRecoveryMs },
    ...{ consoleP50Ms: seen.quantile(0.5), consoleP99Ms: seen.quantile(0.99), consoleCount: seen.count() },
    ...{ customerP50Ms: told.quantile(0.5), customerP99Ms: told.quantile(0.99), customerCount: told.count() },
  }
}

const followers = (): Follower[] => [...crowd.drivers.values(), ...crowd.customers.values()]

function drop(): { sockets: number } {
  for (const { socket } of followers()) socket.close()
  return { sockets: followers().length }
}

/** Everybody comes back at once, and waits for what it missed. */
async function comeBack(version: number): Promise<StormResult> {
  const beganMs = performance.now()
  const times = createHistogram()
  let retries = 0
  const isWhole = (one: Follower) => one.isBack && (one.role === 'driver' || one.version === version)
  const back = async (one: Follower) => {
    one.isBack = false
    for (;;) {
      try {
        const { n, sequence, role } = one
        await crowd.enter(one, role === 'driver' ? wire.driverReturn(n, sequence) : wire.customerReturn(n, sequence))
        break
      } catch {
        retries++
        if (performance.now() - beganMs > LONGEST_STORM_MS) return
        await after(250 * (0.5 + Math.random() / 2))
      }
    }
  }
  const all = followers()
  const waiting = new Set(all)
  const look = () => {
    for (const one of waiting) {
      if (!isWhole(one)) continue
      times.add(performance.now() - beganMs)
      waiting.delete(one)
    }
  }
  const timer = setInterval(look, 20)
  await Promise.all(all.map(back))
  while (waiting.size > 0 && performance.now() - beganMs < LONGEST_STORM_MS) await after(20)
  clearInterval(timer)
  const outOfOrder = all.filter((one) => one.outOfOrder > 0).length
  return {
    sockets: all.length,
    recoveredMs: performance.now() - beganMs,
    p50Ms: times.quantile(0.5),
    retries,
    lost: waiting.size + outOfOrder,
  }
}

async function obey(command: LoadCommand): Promise<Opened | LoadResult | StormResult | { sockets: number }> {
  switch (command.do) {
    case 'open': {
      const beganMs = performance.now()
      await crowd.open(command.crowd)
      return { openedMs: performance.now() - beganMs }
    }
    case 'close':
      crowd.close(command.crowd)
      for (const n of lastSent.keys()) if (!crowd.drivers.has(n)) lastSent.delete(n)
      return { openedMs: 0 }
    case 'run':
      return run(command.stage)
    case 'drop':
      return drop()
    case 'return':
      return comeBack(command.version)
  }
}

process.on('message', (command) => {
  obey(command as LoadCommand).then(
    (result) => process.send?.(result),
    (error: unknown) => {
      console.error(error)
      process.exit(1)
    },
  )
})
process.on('disconnect', () => process.exit(0))
process.send?.({})
