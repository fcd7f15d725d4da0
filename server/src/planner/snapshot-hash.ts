import type { Policy } from './policy.ts'
import type { Snapshot } from './types.ts'

/**
 * 64 bits over everything the planner was told (not the two functions), as 16 hexadecimal digits: two FNV-1a lanes
 * with different offsets. Field order does not matter, array order does. For finding a stored input again and
 * proving it unchanged by accident, not against forgery.
 */
export function snapshotHash(snapshot: Snapshot, policy: Policy, nowMs: number): string {
  const hash = { a: 0x811c9dc5, b: 0x1b873593 }
  const { orders, drivers, places, previous } = snapshot
  mix(hash, { orders, drivers, places, previous, policy, nowMs })
  return hex(hash.a) + hex(hash.b)
}

interface Lanes {
  a: number
  b: number
}

const hex = (lane: number) => (lane >>> 0).toString(16).padStart(8, '0')
const bits = new DataView(new ArrayBuffer(8))

function word(hash: Lanes, value: number): void {
  hash.a = Math.imul(hash.a ^ value, 0x01000193)
  hash.a ^= hash.a >>> 15
  hash.b = Math.imul(hash.b ^ value, 0x85ebca6b)
  hash.b ^= hash.b >>> 13
}

function text(hash: Lanes, value: string): void {
  word(hash, value.length)
  for (let i = 0; i < value.length; i++) word(hash, value.charCodeAt(i))
}

function mix(hash: Lanes, value: unknown): void {
  if (typeof value === 'number') {
    bits.setFloat64(0, value)
    word(hash, bits.getInt32(0))
    word(hash, bits.getInt32(4))
  } else if (typeof value === 'string') {
    text(hash, value)
  } else if (Array.isArray(value)) {
    word(hash, value.length)
    for (const item of value) mix(hash, item)
  } else if (typeof value === 'object' && value !== null) {
    const fields = value as Record<string, unknown>
    for (const key of Object.keys(fields).sort()) {
      if (fields[key] === undefined) continue
      text(hash, key)
      mix(hash, fields[key])
    }
  } else {
    word(hash, value === null ? 1 : value === true ? 2 : 3)
  }
}
