import { resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { ClusterError } from './cluster-error.ts'

/** What `npm run cluster` is told. */
export interface ClusterFlags {
  nodes: number
  port: number
  data: string
  simulation: boolean
  city: string | undefined
  speed: number
  drivers: number
  ordersPerHour: number
}

const USAGE = 'npm run cluster -- [--nodes 2] [--port 8080] [--data DIR] [--city NAME] [--speed N] [--no-simulation]'

/** Reads the flags; throws `ClusterError`. */
export function readClusterFlags(args: readonly string[], root: string): ClusterFlags {
  const values = parse(args)
  const number = (name: keyof typeof values, min: number, max: number, whole = true) => {
    const value = Number(values[name])
    if (Number.isFinite(value) && value >= min && value <= max && (!whole || Number.isInteger(value))) return value
    throw new ClusterError(`--${name} is a number from ${min} to ${max}, not ${String(values[name])}`)
  }
  return {
    nodes: number('nodes', 1, 8),
    port: number('port', 0, 65_535),
    data: resolve(root, values.data),
    simulation: values.simulation,
    city: values.city,
    speed: number('speed', 1, 60, false),
    drivers: number('drivers', 0, 5_000),
    ordersPerHour: number('orders-per-hour', 0, 20_000),
  }
}

function parse(args: readonly string[]) {
  try {
    const { values } = parseArgs({
      args: [...args],
      allowNegative: true,
      options: {
        nodes: { type: 'string', default: '2' },
        port: { type: 'string', default: '8080' },
        data: { type: 'string', default: '.doorstep' },
        simulation: { type: 'boolean', default: true },
        city: { type: 'string' },
        speed: { type: 'string', default: '1' },
        drivers: { type: 'string', default: '80' },
        'orders-per-hour': { type: 'string', default: '150' },
      },
    })
    return values
  } catch (error) {
    throw new ClusterError(`${(error as Error).message}\n${USAGE}`)
  }
}
