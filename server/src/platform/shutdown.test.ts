import { describe, expect, it } from 'vitest'
import { createLog, createShutdown, silentLog } from './index.ts'

describe('the shutdown', () => {
  it('stops last what was started first, once, however often it is asked', async () => {
    const stopped: string[] = []
    const shutdown = createShutdown(silentLog())
    for (const name of ['database', 'http', 'dispatch']) shutdown.add(name, () => void stopped.push(name))
    expect(await Promise.all([shutdown.run('SIGTERM'), shutdown.run('SIGINT')])).toEqual([true, true])
    expect(stopped).toEqual(['dispatch', 'http', 'database'])
  })

  it('goes on past a step that fails or never ends, and says that it was not clean', async () => {
    const stopped: string[] = []
    const shutdown = createShutdown(silentLog(), { stepMs: 5, allMs: 50 })
    shutdown.add('database', () => void stopped.push('database'))
    shutdown.add('stuck', () => new Promise<void>(() => {}))
    shutdown.add('broken', () => {
      throw new Error('no')
    })
    expect(await shutdown.run('SIGTERM')).toBe(false)
    expect(stopped).toEqual(['database'])
  })
})

describe('the log', () => {
  it('never holds a password, a token or a cookie', () => {
    const lines: string[] = []
    const log = createLog({ level: 'info', destination: { write: (line) => void lines.push(line) } })
    log.info({ password: 'hush', request: { token: 'hush', headers: { authorization: 'hush', cookie: 'hush' } } }, 'said')
    expect(lines.join()).toContain('[secret]')
    expect(lines.join()).not.toContain('hush')
  })
})
