import { expect, it } from 'vitest'
import { readRedisUrl } from './redis-target.ts'

it('one address is one Redis, several or one that says so are a cluster', () => {
  const plain = { username: undefined, password: undefined, db: 0, isTls: false }
  expect(readRedisUrl('redis://redis.local')).toEqual({
    ...plain,
    nodes: [{ host: 'redis.local', port: 6379 }],
    isCluster: false,
  })
  expect(readRedisUrl('redis://10.0.0.1:7000, redis://10.0.0.2:7001')).toEqual({
    ...plain,
    nodes: [
      { host: '10.0.0.1', port: 7000 },
      { host: '10.0.0.2', port: 7001 },
    ],
    isCluster: true,
  })
  expect(readRedisUrl('rediss://doorstep:p%40ss@cache.example:6380?cluster=true')).toEqual({
    nodes: [{ host: 'cache.example', port: 6380 }],
    isCluster: true,
    username: 'doorstep',
    password: 'p@ss',
    db: 0,
    isTls: true,
  })
  expect(readRedisUrl('redis://[::1]:6400/3')).toMatchObject({ nodes: [{ host: '::1', port: 6400 }], db: 3 })
})

it('what cannot be one is refused with the reason', () => {
  const reason = (url: string) => {
    try {
      readRedisUrl(url)
    } catch (error) {
      return (error as Error).message
    }
    return undefined
  }
  for (const url of ['', 'localhost:6379', 'http://a', 'redis://', 'redis://a,', 'redis://a:x'])
    expect(reason(url)).toMatch(/starts with redis:/)
  expect(reason('redis://a,rediss://b')).toMatch(/mixed/)
  expect(reason('redis://a/2?cluster=true')).toMatch(/only database 0/)
  expect(reason('redis://a/zero')).toMatch(/a number, not zero/)
  expect(reason('redis://a?clustre=true')).toMatch(/not clustre=true/)
  expect(reason('redis://a?cluster=yes')).toMatch(/not cluster=yes/)
})
