import { redisServerPath, startTestRedis, type TestRedis } from '../server/src/bus/testing.ts'

/** A Redis of the bench's own on loopback, without persistence; undefined where none is installed. */
export async function startBenchRedis(): Promise<TestRedis | undefined> {
  const path = redisServerPath()
  return path ? startTestRedis(path) : undefined
}
