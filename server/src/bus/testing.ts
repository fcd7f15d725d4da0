// For the tests of any room that needs a real Redis: one of its own, on a free port, in a temporary folder.

export { redisServerPath, startTestRedis, type TestRedis } from './testing/test-redis.ts'
export { startTestRedisCluster, type TestRedisCluster } from './testing/test-redis-cluster.ts'
