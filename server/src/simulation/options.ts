import { parseArgs } from 'node:util'

/** What the simulation is told on its command line. */
export interface SimulationOptions {
  /** Address of the server, without a path. */
  url: string
  drivers: number
  ordersPerHour: number
  seed: number
  /** Seconds of the wall between lines about what happened; 0 for none. */
  reportEveryS: number
}

/** Reads the command line; throws with a word about what is wrong. */
export function readOptions(args: readonly string[]): SimulationOptions {
  const { values } = parseArgs({
    args: [...args],
    options: {
      url: { type: 'string' },
      drivers: { type: 'string', default: '80' },
      'orders-per-hour': { type: 'string', default: '150' },
      seed: { type: 'string', default: '7' },
      'report-every': { type: 'string', default: '0' },
    },
  })
  if (!values.url || !URL.canParse(values.url))
    throw new Error('--url is the address of the server, for instance http://127.0.0.1:8080')
  const count = (name: 'drivers' | 'orders-per-hour' | 'seed' | 'report-every') => {
    const number = Number(values[name])
    if (!Number.isFinite(number) || number < 0) throw new Error(`--${name} is a number that is not negative`)
    return number
  }
  return {
    url: values.url.replace(/\/+$/, ''),
    drivers: Math.floor(count('drivers')),
    ordersPerHour: count('orders-per-hour'),
    seed: count('seed'),
    reportEveryS: count('report-every'),
  }
}
