// The load in a process of its own: drivers who move, consoles and customers who watch and note how old what they get is.

import { latAt, sinceSentMs } from './city.ts'
import { createHistogram } from './histogram.ts'
import type { LoadResult, LoadSettings, LoadStage } from './node-messages.ts'
import { openRawSocket, type RawSocket } from './raw-socket.ts'
import { doorstepWire, textbookWire } from './wires.ts'

const settings = JSON.parse(process.argv[2] ?? '') as LoadSettings
const wire = settings.wire === 'doorstep' ? doorstepWire() : textbookWire()
const TICK_MS = 10
const OPEN_AT_ONCE = 100

let consoleAges = createHistogram()
let customerAges = createHistogram()
const lastSent = new Float64Array(settings.drivers)
/** What the last console shows of each driver. */
const shown = new Float64Array(settings.drivers)
const slowShown = { atMs: 0 }
let seq = 0

const portOf = (n: number) => settings.ports[n % settings.ports.length]!
async function openAll(count: number, open: (n: number) => Promise<RawSocket>): Promise<RawSocket[]> {
  const sockets: RawSocket[] = []
  for (let from = 0; from < count; from += OPEN_AT_ONCE) {
    const many = Array.from({ length: Math.min(OPEN_AT_ONCE, count - from) }, (_, i) => open(from + i))
    sockets.push(...(await Promise.all(many)))
  }
  return sockets
}

/** The answer to hello has to come before anything else may be said. */
async function enter(port: number, frames: Uint8Array[]): Promise<RawSocket> {
  const socket = await openRawSocket(port)
  const answered = new Promise<void>((resolve) => {
    socket.onMessage = () => resolve()
  })
  socket.send(frames[0]!)
  await answered
  for (const frame of frames.slice(1)) socket.send(frame)
  return socket
}

const startMs = performance.now()
const drivers = await openAll(settings.drivers, (n) => enter(portOf(n), wire.driverHello(n)))
const openedMs = performance.now() - startMs
const consoles = await openAll(settings.consoles, (n) => enter(portOf(n), wire.consoleHello(n)))
consoles.forEach((socket, i) => {
  const isLast = i === consoles.length - 1
  socket.onMessage = wire.consoleReader((n, lat) => {
    if (n < 0) return
    consoleAges.add(sinceSentMs(n, lat, Date.now()))
    if (isLast) shown[n] = lat
  })
})
const slowConsole = settings.wire === 'doorstep' ? await enter(portOf(0), wire.consoleHello(999_999)) : undefined
if (slowConsole) {
  slowConsole.onMessage = wire.consoleReader((n, lat) => {
    if (n >= 0 && sinceSentMs(n, lat, Date.now()) < 600) slowShown.atMs = performance.now()
  })
}
const customers = await openAll(settings.customers, (n) => enter(portOf(n), wire.customerHello(n)))
for (const socket of customers)
  socket.onMessage = wire.customerReader((n, lat) => customerAges.add(sinceSentMs(n, lat, Date.now())))
process.send?.({ openedMs })

function sendAtRate({ rate, seconds }: LoadStage): Promise<number> {
  return new Promise((resolve) => {
    const beganMs = performance.now()
    let sent = 0
    const timer = setInterval(() => {
      const passedMs = performance.now() - beganMs
      const due = Math.floor((Math.min(passedMs, seconds * 1_000) / 1_000) * rate)
      const nowMs = Date.now()
      for (; sent < due; sent++) {
        const n = seq++ % settings.drivers
        drivers[n]!.send(wire.position(n, nowMs, seq))
        lastSent[n] = latAt(n, nowMs)
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
    await new Promise((resolve) => setTimeout(resolve, 250))
    let lost = 0
    for (let n = 0; n < settings.drivers; n++) if (lastSent[n]! > 0 && Math.abs(lastSent[n]! - shown[n]!) > 2e-7) lost++
    if (lost === 0 || waitedMs > 10_000) return lost
  }
}

async function run(stage: LoadStage): Promise<LoadResult> {
  consoleAges = createHistogram()
  customerAges = createHistogram()
  let resumedAtMs = 0
  if (stage.slowReaderMs && slowConsole) {
    slowConsole.pause()
    setTimeout(() => {
      resumedAtMs = performance.now()
      slowShown.atMs = 0
      slowConsole.resume()
    }, stage.slowReaderMs)
  }
  const recovery = new Promise<number>((resolve) => {
    if (!stage.slowReaderMs) return resolve(Number.NaN)
    const timer = setInterval(() => {
      if (resumedAtMs === 0 || slowShown.atMs === 0) return
      clearInterval(timer)
      resolve(slowShown.atMs - resumedAtMs)
    }, 5)
    setTimeout(() => resolve(Number.NaN), stage.slowReaderMs + 5_000)
  })
  const beganMs = performance.now()
  const sent = await sendAtRate(stage)
  const seconds = (performance.now() - beganMs) / 1_000
  const slowRecoveryMs = await recovery
  const lost = await lostWhenQuiet()
  return {
    ...{ sent, seconds, lost, slowRecoveryMs },
    ...{ consoleP50Ms: consoleAges.quantile(0.5), consoleP99Ms: consoleAges.quantile(0.99), consoleCount: consoleAges.count() },
    ...{
      customerP50Ms: customerAges.quantile(0.5),
      customerP99Ms: customerAges.quantile(0.99),
      customerCount: customerAges.count(),
    },
  }
}

process.on('message', (stage) => {
  run(stage as LoadStage).then(
    (result) => process.send?.(result),
    (error: unknown) => {
      console.error(error)
      process.exit(1)
    },
  )
})
process.on('disconnect', () => process.exit(0))
