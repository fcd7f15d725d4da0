import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect, it } from 'vitest'
import { closesWhenAnswered } from './index.ts'

it('a server that ends answers what it was asked, takes nothing more, and does not wait for ever', async () => {
  let answer = () => {}
  const server = createServer((request, reply) => {
    if (request.url === '/later') answer = () => reply.end('done')
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const close = closesWhenAnswered(server, 500)
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const asked = new Promise((resolve) => server.once('request', resolve))
  const later = fetch(`${url}/later`)
  await asked
  const never = fetch(`${url}/never`).catch((error: Error) => error.message)
  await new Promise((resolve) => server.once('request', resolve))
  const closed = close()
  await expect(fetch(url)).rejects.toThrow('fetch failed')
  answer()
  expect(await (await later).text()).toBe('done')
  await closed
  expect(await never).toBe('fetch failed')
})
