import { connect, type Socket } from 'node:net'
import { seededRng } from '@doorstep/shared/domain'
import type { HttpNode } from './http-node.ts'
import { placeInMetropolis } from './metropolis.ts'

const CONNECTIONS = 32
/** Requests under way on each connection, sent without waiting (pipelined), so that what is measured is the node. */
const DEPTH = 4

/** What a load came to. */
export interface HttpRate {
  /** Answers a second; NaN if one was wrong. */
  perSecond: number
  /** CPU of the node for an answer, and of this process for asking. */
  nodeUs: number
  loadUs: number
}

/** Asks about places of the metropolis. */
export function askNearby(node: HttpNode, seconds: number): Promise<HttpRate> {
  const rng = seededRng(9)
  const paths = Array.from({ length: 2_048 }, () => {
    const { lat, lon } = placeInMetropolis(rng)
    return `drivers/nearby?lat=${lat.toFixed(6)}&lon=${lon.toFixed(6)}`
  })
  return ask(node, paths, seconds)
}

/** Asks for something that takes no work. */
export const askTrivial = (node: HttpNode, seconds: number): Promise<HttpRate> => ask(node, ['auth/me'], seconds)

async function ask(node: HttpNode, paths: readonly string[], seconds: number): Promise<HttpRate> {
  const requests = paths.map((path) =>
    Buffer.from(`GET /api/v1/${path} HTTP/1.1\r\nHost: bench\r\nAuthorization: Bearer ${node.token}\r\n\r\n`),
  )
  await load(node.port, requests, 1)
  const [nodeBefore, loadBefore, startMs] = [await node.cpuUs(), process.cpuUsage(), performance.now()]
  const { answered, wrong } = await load(node.port, requests, seconds)
  const tookMs = performance.now() - startMs
  const { user, system } = process.cpuUsage(loadBefore)
  return {
    perSecond: wrong > 0 ? Number.NaN : (answered / tookMs) * 1_000,
    nodeUs: ((await node.cpuUs()) - nodeBefore) / answered,
    loadUs: (user + system) / answered,
  }
}

async function load(port: number, requests: readonly Buffer[], seconds: number): Promise<{ answered: number; wrong: number }> {
  const count = { answered: 0, wrong: 0 }
  const untilMs = performance.now() + seconds * 1_000
  const onAnswer = (ok: boolean) => void (ok ? count.answered++ : count.wrong++)
  await Promise.all(Array.from({ length: CONNECTIONS }, (_, n) => askInTurn(port, requests, n * 61, untilMs, onAnswer)))
  return count
}

/** Keeps some requests under way on one connection until the time is over. */
function askInTurn(
  port: number,
  requests: readonly Buffer[],
  first: number,
  untilMs: number,
  onAnswer: (ok: boolean) => void,
): Promise<void> {
  return new Promise((resolve, reject) => {
    const socket = connect({ port, host: '127.0.0.1', noDelay: true })
    let next = first
    let underWay = 0
    const askOnce = () => {
      underWay++
      socket.write(requests[next++ % requests.length]!)
    }
    socket.on('connect', () => {
      for (let i = 0; i < DEPTH; i++) askOnce()
    })
    socket.on('error', reject)
    socket.on('close', () => resolve())
    readAnswers(socket, (ok) => {
      onAnswer(ok)
      underWay--
      if (performance.now() < untilMs) askOnce()
      else if (underWay === 0) socket.destroy()
    })
  })
}

function readAnswers(socket: Socket, onAnswer: (ok: boolean) => void): void {
  let rest = Buffer.alloc(0)
  socket.on('data', (data) => {
    rest = rest.length > 0 ? Buffer.concat([rest, data]) : data
    for (let end = answerEnd(rest); end > 0; end = answerEnd(rest)) {
      onAnswer(rest.toString('latin1', 9, 12) === '200')
      rest = rest.subarray(end)
    }
  })
}

/** Where the first answer in the bytes ends, or 0 while it is not whole; by length or in chunks. */
function answerEnd(bytes: Buffer): number {
  const head = bytes.indexOf('\r\n\r\n')
  if (head < 0) return 0
  const length = /content-length: (\d+)/i.exec(bytes.toString('latin1', 0, head))
  if (length) return bytes.length >= head + 4 + Number(length[1]) ? head + 4 + Number(length[1]) : 0
  const end = bytes.indexOf('\r\n0\r\n\r\n', head)
  return end < 0 ? 0 : end + 7
}
