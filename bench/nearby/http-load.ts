import { fork } from 'node:child_process'
import { connect } from 'node:net'
import { join } from 'node:path'
import { seededRng } from '@doorstep/shared/domain'
import { placeInMetropolis } from './metropolis.ts'

const CONNECTIONS = 32
/** Requests under way on each connection. */
const DEPTH = 4

/** Starts a node in a process of its own and asks it over keep-alive connections; answers a second, or NaN if one was wrong. */
export async function httpQueriesPerSecond(args: readonly string[], seconds: number): Promise<number> {
  const node = fork(join(import.meta.dirname, 'http-worker.ts'), [...args], { stdio: ['ignore', 'ignore', 'inherit', 'ipc'] })
  try {
    const port = await new Promise<number>((resolve, reject) => {
      node.once('message', (message) => resolve(message as number))
      node.once('exit', (code) => reject(new Error(`the node ended with ${code}`)))
    })
    const rng = seededRng(9)
    const requests = Array.from({ length: 2_048 }, () => {
      const { lat, lon } = placeInMetropolis(rng)
      return `GET /api/v1/drivers/nearby?lat=${lat.toFixed(6)}&lon=${lon.toFixed(6)} HTTP/1.1\r\nHost: bench\r\nAuthorization: Bearer bench\r\n\r\n`
    })
    await load(port, requests, 1)
    return await load(port, requests, seconds)
  } finally {
    node.kill()
  }
}

async function load(port: number, requests: readonly string[], seconds: number): Promise<number> {
  let answered = 0
  let wrong = 0
  const startMs = performance.now()
  const untilMs = startMs + seconds * 1_000
  await Promise.all(
    Array.from({ length: CONNECTIONS }, (_, n) =>
      askInTurn(port, requests, n * 61, untilMs, (ok) => (ok ? answered++ : wrong++)),
    ),
  )
  return wrong > 0 ? Number.NaN : (answered / (performance.now() - startMs)) * 1_000
}

/** Keeps some requests under way on one connection until the time is over. */
function askInTurn(
  port: number,
  requests: readonly string[],
  first: number,
  untilMs: number,
  onAnswer: (ok: boolean) => void,
): Promise<void> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1')
    let next = first
    let underWay = 0
    let rest = Buffer.alloc(0)
    const ask = () => {
      underWay++
      socket.write(requests[next++ % requests.length]!)
    }
    socket.setNoDelay(true)
    socket.on('connect', () => {
      for (let i = 0; i < DEPTH; i++) ask()
    })
    socket.on('error', reject)
    socket.on('close', () => resolve())
    socket.on('data', (data) => {
      rest = rest.length ? Buffer.concat([rest, data]) : data
      for (let end = answerEnd(rest); end > 0; end = answerEnd(rest)) {
        onAnswer(rest.subarray(9, 12).toString() === '200')
        rest = rest.subarray(end)
        underWay--
        if (performance.now() < untilMs) ask()
        else if (underWay === 0) socket.destroy()
      }
    })
  })
}

/** Where the first answer in the bytes ends, or 0 while it is not whole; by length or in chunks. */
function answerEnd(bytes: Buffer): number {
  const head = bytes.indexOf('\r\n\r\n')
  if (head < 0) return 0
  const text = bytes.subarray(0, head).toString('latin1').toLowerCase()
  const length = /content-length: (\d+)/.exec(text)
  if (length) return bytes.length >= head + 4 + Number(length[1]) ? head + 4 + Number(length[1]) : 0
  const end = bytes.indexOf('\r\n0\r\n\r\n', head)
  return end < 0 ? 0 : end + 7
}
