import { availableParallelism } from 'node:os'
import { Worker } from 'node:worker_threads'
import { fail, ok, type Result } from '@doorstep/shared/domain'
import { invalidPlaces, type Router, type RoutingError, type RoutingLog } from './router.ts'
import { routeFromValhalla, type ValhallaAnswer, valhallaError } from './valhalla-answer.ts'
import { valhallaRequest } from './valhalla-request.ts'
import type { WorkerAnswer, WorkerRequest } from './worker-messages.ts'

/** Threads at most; one core is left to the event loop, and each holds its own tiles and labels. */
const MAX_THREADS = 4
/** Routes that may wait for a thread before new ones are refused: two seconds' work for one thread. */
const MAX_WAITING = 400
/** How long a caller waits for a route that takes 5 to 15 ms when nothing is wrong. */
const TIMEOUT_MS = 5000
/** A thread that still has not answered this long after its caller gave up is ended. */
const STUCK_MS = 15_000
/** How long the route that a thread computes is waited for when the thread is to end. */
const LAST_ROUTE_MS = 1_000
/** Deaths in a row, without an answer between them, after which threads are no longer started for a while. */
const MAX_DEATHS = 3
const REST_MS = 30_000

interface Job {
  request: WorkerRequest
  attempts: number
  done: boolean
  settle(result: Result<string, RoutingError>): void
}

interface Thread {
  worker: Worker
  job: Job | null
  stuck: NodeJS.Timeout | null
}

/** How a pool is made; the defaults are what production uses. */
export interface PoolSettings {
  /** Starts a thread; told apart so that a test can start one that dies. */
  startWorker(): Worker
  log: RoutingLog
  threads?: number
  timeoutMs?: number
}

/** A thread with one Valhalla actor. */
export const startValhallaWorker = (config: Record<string, unknown>): Worker =>
  new Worker(new URL('./valhalla-worker.mjs', import.meta.url), { workerData: { config: JSON.stringify(config) } })

/** Valhalla in process: threads started when first needed, a dead one replaced and its route tried once more. */
export function valhallaPool(settings: PoolSettings): Router {
  const pool = new Pool(settings, settings.threads ?? Math.max(1, Math.min(MAX_THREADS, availableParallelism() - 1)))
  return {
    async route(vehicle, places, options = {}) {
      const invalid = invalidPlaces(places)
      if (invalid) return fail(invalid)
      const answer = await pool.submit(JSON.stringify(valhallaRequest(vehicle, places, options)))
      if (!answer.ok) return answer
      return ok(routeFromValhalla(JSON.parse(answer.value) as ValhallaAnswer, 'valhalla', options.maneuvers === true))
    },
    close: () => pool.close(),
  }
}

const unavailable = (message: string) => fail<RoutingError>({ kind: 'unavailable', message })

class Pool {
  private readonly settings: PoolSettings
  private readonly size: number
  private readonly threads = new Set<Thread>()
  private waiting: Job[] = []
  private nextId = 1
  private deaths = 0
  private resting = false
  private closed = false

  constructor(settings: PoolSettings, size: number) {
    this.settings = settings
    this.size = size
  }

  submit(body: string): Promise<Result<string, RoutingError>> {
    if (this.closed) return Promise.resolve(unavailable('routing has been closed'))
    if (this.resting) return Promise.resolve(unavailable('Valhalla keeps ending; it is tried again later'))
    if (this.waiting.length >= MAX_WAITING) return Promise.resolve(unavailable('too many routes are waiting'))
    return new Promise((resolve) => {
      const timeoutMs = this.settings.timeoutMs ?? TIMEOUT_MS
      const timer = setTimeout(() => this.giveUp(job, timeoutMs), timeoutMs)
      const job: Job = {
        request: { id: this.nextId++, body },
        attempts: 0,
        done: false,
        settle(result) {
          clearTimeout(timer)
          this.done = true
          resolve(result)
        },
      }
      this.waiting.push(job)
      this.hand()
    })
  }

  async close(): Promise<void> {
    this.closed = true
    for (const job of this.waiting.splice(0)) job.settle(unavailable('routing has been closed'))
    await Promise.all([...this.threads].map((thread) => this.end(thread, 'routing has been closed')))
  }

  private hand() {
    while (this.waiting.length > 0) {
      const thread = [...this.threads].find((t) => t.job === null) ?? this.start()
      if (thread === null) return
      const job = this.waiting.shift()!
      job.attempts += 1
      thread.job = job
      thread.worker.ref()
      thread.worker.postMessage(job.request)
    }
  }

  private start(): Thread | null {
    if (this.threads.size >= this.size || this.resting) return null
    const thread: Thread = { worker: this.settings.startWorker(), job: null, stuck: null }
    this.threads.add(thread)
    thread.worker.on('message', (answer: WorkerAnswer) => this.receive(thread, answer))
    thread.worker.on('error', (error) => this.settings.log.error({ error: error.message }, 'a routing thread failed'))
    thread.worker.on('exit', (code) => this.bury(thread, code))
    return thread
  }

  private receive(thread: Thread, message: WorkerAnswer) {
    const job = thread.job
    if (job?.request.id !== message.id) return
    this.deaths = 0
    this.release(thread)
    if (!job.done) job.settle('error' in message ? fail(valhallaError(message.error)) : ok(message.answer))
    this.hand()
  }

  /** A thread without work does not keep the process alive. */
  private release(thread: Thread) {
    thread.job = null
    if (thread.stuck) clearTimeout(thread.stuck)
    thread.stuck = null
    thread.worker.unref()
  }

  private bury(thread: Thread, code: number) {
    const job = thread.job
    this.threads.delete(thread)
    this.release(thread)
    if (this.closed) return
    this.deaths += 1
    this.settings.log.warn({ code, deaths: this.deaths }, 'a routing thread ended; another takes its place')
    if (job && !job.done) {
      if (job.attempts < 2) this.waiting.unshift(job)
      else job.settle(unavailable('Valhalla ended while it computed this route'))
    }
    if (this.deaths >= MAX_DEATHS) this.rest()
    this.hand()
  }

  private rest() {
    this.resting = true
    for (const job of this.waiting.splice(0)) job.settle(unavailable('Valhalla keeps ending; it is tried again later'))
    const timer = setTimeout(() => {
      this.resting = false
      this.deaths = 0
    }, REST_MS)
    timer.unref()
  }

  private giveUp(job: Job, timeoutMs: number) {
    this.waiting = this.waiting.filter((other) => other !== job)
    job.settle(unavailable(`no route within ${timeoutMs} ms`))
    for (const thread of this.threads) {
      if (thread.job !== job) continue
      thread.stuck = setTimeout(() => void this.end(thread, 'a route took too long'), STUCK_MS)
      thread.stuck.unref()
    }
  }

  /** Resolves when a thread has answered or ended; one that is stuck is not waited for. */
  private silence({ worker }: Thread): Promise<void> {
    return new Promise((resolve) => {
      worker.once('message', () => resolve())
      worker.once('exit', () => resolve())
      setTimeout(resolve, LAST_ROUTE_MS).unref()
    })
  }

  private async end(thread: Thread, why: string) {
    const job = thread.job
    if (job && !job.done) job.settle(unavailable(why))
    // Valhalla takes the whole process with it when its thread is ended in the middle of a route.
    if (job) await this.silence(thread)
    await thread.worker.terminate()
  }
}
