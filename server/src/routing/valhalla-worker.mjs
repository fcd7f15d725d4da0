// Runs in a thread of its own: one Valhalla actor, one route at a time, its answer passed on as text. Plain JavaScript,
// because stripping types in a thread loads WebAssembly, which reserves 9 GB of address space in each.
import { parentPort, workerData } from 'node:worker_threads'
import { Actor } from '@valhallajs/valhallajs'

const actor = new Actor(workerData.config)

parentPort.on('message', async ({ id, body }) => {
  try {
    parentPort.postMessage({ id, answer: await actor.route(body) })
  } catch (error) {
    parentPort.postMessage({ id, error: error instanceof Error ? error.message : String(error) })
  }
})
