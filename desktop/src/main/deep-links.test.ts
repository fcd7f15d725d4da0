import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { findDeepLink, parseDeepLink } from './deep-links.ts'

describe('deep links', () => {
  it('lead to an order or a driver', () => {
    expect(parseDeepLink('doorstep://order/0198c2a1-5b7e-7000-8000-000000000001')).toEqual({
      kind: 'order',
      id: '0198c2a1-5b7e-7000-8000-000000000001',
    })
    expect(parseDeepLink('doorstep://driver/d_7/')).toEqual({ kind: 'driver', id: 'd_7' })
  })

  it('never sign anybody in, and lead nowhere else', () => {
    const others = [
      'token/abc',
      'app/index.html',
      'settings/',
      'order/',
      'order',
      'order/a/b',
      'order/a?x=1',
      'order/a#x',
      'order/a%2fb',
    ]
    for (const rest of [...others, 'x@order/a', 'order:80/a', `order/${'a'.repeat(65)}`])
      expect(parseDeepLink(`doorstep://${rest}`), rest).toBeUndefined()
    expect(parseDeepLink('https://order/a')).toBeUndefined()
  })

  it('are found among whatever a start is given, and never throw', () => {
    expect(findDeepLink(['/opt/doorstep', '--x', 'doorstep://order/o1'])).toEqual({ kind: 'order', id: 'o1' })
    expect(findDeepLink(['/opt/doorstep', 'order/o1'])).toBeUndefined()
    fc.assert(
      fc.property(fc.string(), (text) => {
        const link = parseDeepLink(`doorstep://${text}`)
        expect(link === undefined || /^[A-Za-z0-9_-]{1,64}$/.test(link.id)).toBe(true)
      }),
    )
  })
})
