import { describe, expect, it } from 'vitest'
import { serverUrl, updateFeedUrl } from './contract.ts'

describe('a server’s address', () => {
  it('is its origin, however it was typed', () => {
    const typed = {
      'https://Dispatch.Example.org': 'https://dispatch.example.org',
      ' https://dispatch.example.org:443/ ': 'https://dispatch.example.org',
      'https://10.0.0.5:8443': 'https://10.0.0.5:8443',
      'http://localhost:8080/': 'http://localhost:8080',
      'http://127.0.0.1:8080': 'http://127.0.0.1:8080',
      'http://[::1]:8080': 'http://[::1]:8080',
    }
    for (const [text, origin] of Object.entries(typed)) expect(serverUrl.parse(text), text).toBe(origin)
  })

  it('is refused with the reason where a token would travel in the open or it is no address', () => {
    for (const text of [
      'http://dispatch.example.org',
      'http://10.0.0.5:8080',
      'http://127.0.0.1.example.org',
      'http://localhost.evil.net',
    ])
      expect(serverUrl.safeParse(text).error?.issues[0]?.message, text).toContain('https://')
    for (const text of [
      '',
      'dispatch',
      'ftp://x',
      'file:///etc',
      'javascript:1',
      'https://a:b@x.org',
      'https://x.org/path',
      'https://x.org/?q',
    ])
      expect(serverUrl.safeParse(text).success, text).toBe(false)
  })
})

describe('a feed of updates', () => {
  it('is HTTPS or nothing', () => {
    expect(updateFeedUrl.safeParse('').success).toBe(true)
    expect(updateFeedUrl.safeParse('https://x.org/feed.json').success).toBe(true)
    expect(updateFeedUrl.safeParse('http://x.org/feed.json').success).toBe(false)
  })
})
