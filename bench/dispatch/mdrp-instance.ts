import { readFileSync } from 'node:fs'
import { basename, join } from 'node:path'

/** A point of the plane, whole metres. */
export interface Point {
  x: number
  y: number
}

/** Minutes from the start of the day. */
export interface MdrpOrder extends Point {
  id: string
  restaurant: string
  placed: number
  ready: number
}

export interface MdrpCourier extends Point {
  id: string
  on: number
  off: number
}

/** The rules' figures of one day, read from its own file. */
export interface MdrpParameters {
  metersPerMinute: number
  pickupService: number
  dropService: number
  target: number
  payPerOrder: number
  guaranteePerHour: number
}

/** One recorded day of the Meal Delivery Routing Problem. */
export interface MdrpInstance {
  name: string
  orders: MdrpOrder[]
  restaurants: ReadonlyMap<string, Point>
  couriers: MdrpCourier[]
  parameters: MdrpParameters
}

type Row = Record<string, string>

/** Reads one day's folder; throws with the file and column that is missing or not a number. */
export function loadInstance(folder: string): MdrpInstance {
  const table = (file: string, columns: string[]) => readTable(join(folder, file), columns)
  const [parameters] = table('instance_parameters.txt', [
    'meters_per_minute',
    'pickup service minutes',
    'dropoff service minutes',
    'target click-to-door',
    'pay per order',
    'guaranteed pay per hour',
  ])
  if (!parameters) throw new Error(`${folder}/instance_parameters.txt has no row`)
  return {
    name: basename(folder),
    orders: table('orders.txt', ['order', 'x', 'y', 'placement_time', 'restaurant', 'ready_time']).map((row) => ({
      id: row['order']!,
      restaurant: row['restaurant']!,
      ...point(row),
      placed: number(row, 'placement_time'),
      ready: number(row, 'ready_time'),
    })),
    restaurants: new Map(table('restaurants.txt', ['restaurant', 'x', 'y']).map((row) => [row['restaurant']!, point(row)])),
    couriers: table('couriers.txt', ['courier', 'x', 'y', 'on_time', 'off_time']).map((row) => ({
      id: row['courier']!,
      ...point(row),
      on: number(row, 'on_time'),
      off: number(row, 'off_time'),
    })),
    parameters: {
      metersPerMinute: number(parameters, 'meters_per_minute'),
      pickupService: number(parameters, 'pickup service minutes'),
      dropService: number(parameters, 'dropoff service minutes'),
      target: number(parameters, 'target click-to-door'),
      payPerOrder: number(parameters, 'pay per order'),
      guaranteePerHour: number(parameters, 'guaranteed pay per hour'),
    },
  }
}

/** Whole minutes between two points: rule 1. */
export function travelMinutes(from: Point, to: Point, metersPerMinute: number): number {
  return Math.ceil(Math.sqrt((to.x - from.x) ** 2 + (to.y - from.y) ** 2) / metersPerMinute)
}

function readTable(file: string, columns: string[]): Row[] {
  const [header, ...lines] = readFileSync(file, 'utf8')
    .split(/\r?\n/)
    .filter((line) => line !== '')
  const names = (header ?? '').split('\t')
  for (const column of columns) if (!names.includes(column)) throw new Error(`${file} has no column "${column}"`)
  return lines.map((line) => {
    const values = line.split('\t')
    return Object.fromEntries(names.map((name, i) => [name, values[i] ?? '']))
  })
}

function number(row: Row, column: string): number {
  const value = Number(row[column])
  if (row[column] === '' || !Number.isFinite(value)) throw new Error(`"${row[column]}" in column "${column}" is not a number`)
  return value
}

const point = (row: Row): Point => ({ x: number(row, 'x'), y: number(row, 'y') })
