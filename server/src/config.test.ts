import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { FLAGS, readConfig, SETTINGS } from './config.ts'

const docs = readFileSync(join(import.meta.dirname, '../../docs/operations.md'), 'utf8')

describe('settings', () => {
  it('have each exactly one line in docs/operations.md, in the same order, with their default', () => {
    const lines = [...docs.matchAll(/^\| `(\w+)` \| (?:`([^`]*)`|[^|]*) \|/gm)]
    expect(lines.map(([, name]) => name)).toEqual(Object.keys(SETTINGS))
    const config: Record<string, unknown> = { ...readConfig({}, []) }
    for (const [, name, value] of lines)
      if (value !== undefined && value !== 'DEMO') expect(String(config[name!]), name).toBe(value)
  })

  it('name every flag in docs/operations.md', () => {
    for (const flag of Object.keys(FLAGS)) expect(docs).toContain(`\`--${flag}\``)
  })

  it('make a demo of a fresh start, and none of one with a database of its own or beyond loopback', () => {
    expect(readConfig({}, [])).toMatchObject({ DEMO: true, SIMULATION: true, SECURE_COOKIES: false })
    expect(readConfig({ DATABASE_URL: 'postgres://a:b@c/d' }, [])).toMatchObject({ DEMO: false, SIMULATION: false })
    expect(readConfig({ HOST: '0.0.0.0' }, [])).toMatchObject({ DEMO: false, SECURE_COOKIES: true })
  })

  it('refuse to listen beyond loopback with demo accounts', () => {
    for (const HOST of ['0.0.0.0', '::', '192.168.1.4', 'localhost.example.org', '127.0.0.1.example.org']) {
      expect(() => readConfig({ HOST, DEMO: 'true' }, [])).toThrow('HOST must be loopback')
    }
    expect(readConfig({ HOST: '::1', DEMO: 'true' }, []).DEMO).toBe(true)
  })

  it('let a flag win over the environment, and switch off by --no-', () => {
    const config = readConfig({ CITY: 'monaco', SPEED: '2' }, ['--city', 'porto', '--speed=10', '--no-simulation'])
    expect(config).toMatchObject({ CITY: 'porto', SPEED: 10, SIMULATION: false, DEMO: true })
  })

  it('say every reason for which they cannot be used', () => {
    const read = () => readConfig({ PORT: 'x', DATABASE_URL: 'mysql://x', LOG_LEVEL: 'loud' }, [])
    expect(read).toThrow(/PORT: .*\n.*DATABASE_URL: .*\n.*LOG_LEVEL: /)
    expect(() => readConfig({}, ['--citty', 'x'])).toThrow('--citty')
    expect(() => readConfig({ DEMO: 'false', SIMULATION: 'true' }, [])).toThrow('DEMO must be on')
  })

  it('take one Redis or the nodes of a cluster, and nothing that is neither', () => {
    const cluster = 'redis://:secret@10.0.0.1:7000,redis://10.0.0.2:7000'
    expect(readConfig({ REDIS_URL: cluster }, []).REDIS_URL).toBe(cluster)
    expect(() => readConfig({ REDIS_URL: 'http://cache' }, [])).toThrow('REDIS_URL: an address that starts with redis://')
  })

  it('count a blank one as not set', () => {
    expect(readConfig({ REDIS_URL: '', PORT: ' ' }, [])).toMatchObject({ PORT: 8080 })
  })
})
