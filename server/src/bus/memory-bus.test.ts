import { busContract } from './bus.contract.ts'
import { memoryBus } from './memory-bus.ts'

busContract('a bus in memory', () => {
  let bus: ReturnType<typeof memoryBus> | undefined
  return {
    async open({ keptEvents, errors }) {
      bus ??= memoryBus({ keptEvents, nowMs: () => Date.now(), onError: (error) => errors.push(error) })
      return bus
    },
  }
})
