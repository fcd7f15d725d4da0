import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { buildWeb } from '../../scripts/build-web.ts'
import { launchBrowser, nameOf, PATIENCE_MS, type Seat, takeSeat } from '../setup/browser.ts'
import { goOnline, orderFrom, press, shows } from '../setup/seats.ts'
import { newDataFolder, removeDataFolder, type ServerProcess, signIn, startServer } from '../setup/server-process.ts'

const MINUTE = 60_000
const PHONE = { width: 390, height: 844 }
const TABLET = { width: 1024, height: 768 }
const DESK = { width: 1440, height: 900 }

let folder: string
let server: ServerProcess
const browser: Browser | null = await launchBrowser()

/**
 * Offers come at once, where planning whole routes would ask a driver only shortly before leaving, and on a slow machine
 * they must not run out while the test looks for their button.
 */
async function letOffersStand(url: string): Promise<void> {
  const staff = await signIn(url, 'dispatcher1')
  const { version } = await staff('GET /dispatch/policy')
  await staff('PATCH /dispatch/policy', { version, name: 'scored-offers', offerTimeoutS: 300 })
}

describe.skipIf(!browser)('one order on four surfaces', () => {
  beforeAll(async () => {
    await buildWeb(() => {})
    folder = await newDataFolder()
    server = await startServer(folder, {
      args: ['--no-simulation'],
      env: { SIMULATED_DRIVERS: '3' },
    })
    await letOffersStand(server.url)
  }, 4 * MINUTE)
  afterAll(async () => {
    await browser?.close()
    await server?.stop()
    if (folder) removeDataFolder(folder)
  })
  const sit = (link: string, size: { width: number; height: number }, email?: string) =>
    takeSeat(browser as Browser, { url: server.url, link, ...size, ...(email && { email }) })

  test(
    'goes from the button to the door, each step shown to everybody without a reload',
    async () => {
      const [customer, merchant, driver1, driver2, dispatcher] = await Promise.all([
        sit('/demo/customer', PHONE),
        sit('/demo/merchant', TABLET),
        sit('/demo/driver', PHONE),
        sit('/demo/driver', PHONE, 'driver2@demo.doorstep'),
        sit('/demo/dispatcher', DESK),
      ])
      const seats = [customer, merchant, driver1, driver2, dispatcher]
      const [name1, name2] = await Promise.all([nameOf(driver1), nameOf(driver2)])
      const [eater, kitchen, first, second, desk] = seats.map((seat) => seat.page) as [Page, Page, Page, Page, Page]

      await kitchen.getByRole('button', { name: 'Start shift' }).click()
      const shop = await kitchen.locator('.shop-name').innerText()
      await goOnline(first)
      const number = await orderFrom(eater, shop)
      await shows(eater, 'Ordered')

      const ticket = kitchen.getByRole('article').filter({ hasText: `#${number}` })
      await ticket.getByText(/^Ringing/).waitFor()
      await ticket.getByRole('group', { name: 'Ready in how many minutes?' }).locator('label').first().click()
      await ticket.getByRole('button', { name: /^Accept, ready/ }).click()
      await kitchen.getByRole('region', { name: 'Preparing' }).getByText(`#${number}`).waitFor()
      await shows(eater, 'Accepted')

      await first.getByText(`Order #${number}`).waitFor()
      await first.getByRole('button', { name: 'Accept' }).click()
      await first.getByRole('heading', { name: shop }).waitFor()
      await eater.getByRole('region', { name: 'Your driver' }).getByText(name1).waitFor()
      await ticket.getByText(name1).waitFor()

      await goOnline(second)
      await desk
        .getByRole('row')
        .filter({ hasText: String(number) })
        .click()
      await desk.getByRole('heading', { name: /^Why this driver/ }).waitFor()
      await vi.waitFor(async () => {
        await desk.getByRole('button', { name: 'rank again' }).click()
        await desk.getByRole('row', { name: name2 }).click({ timeout: 5_000 })
      }, PATIENCE_MS)
      await desk.getByRole('button', { name: /^Move to/ }).click()

      await first.getByRole('heading', { name: 'Waiting for orders' }).waitFor()
      await second.getByRole('heading', { name: shop }).waitFor()
      await eater.getByRole('region', { name: 'Your driver' }).getByText(name2).waitFor()
      await ticket.getByText(name2).waitFor()

      await ticket.getByRole('button', { name: 'Start preparing' }).click()
      await shows(eater, 'Being prepared')
      await ticket.getByRole('button', { name: 'Ready' }).click()
      await shows(eater, 'Ready')
      await second.getByText('ready now').waitFor()

      await press(second, 'Slide: I have arrived')
      await ticket.getByText(`${name2} is here`).waitFor()
      await press(second, 'Slide: picked up')
      await kitchen.getByRole('region', { name: 'Handed over' }).getByText(`#${number}`).waitFor()
      await shows(eater, `On the way with ${name2}`)
      await press(second, 'Slide: I am at the door')
      await shows(eater, `${name2} is at your door`)
      await press(second, 'Slide: delivered')
      await eater.getByText(/^Delivered at/).waitFor()
      await second.getByRole('heading', { name: 'Waiting for orders' }).waitFor()
      await desk.getByText('No open orders').waitFor()

      expect(seats.map((seat) => seat.loads())).toEqual([1, 1, 1, 1, 1])
      expect(seats.flatMap((seat) => seat.faults)).toEqual([])
    },
    10 * MINUTE,
  )

  test(
    'is current again for those whose network was away, who were told so meanwhile',
    async () => {
      const seats = await Promise.all([
        sit('/demo/customer', PHONE),
        sit('/demo/merchant', TABLET),
        sit('/demo/dispatcher', DESK),
      ])
      const [customer, merchant, dispatcher] = seats as [Seat, Seat, Seat]
      const [eater, kitchen, desk] = [customer.page, merchant.page, dispatcher.page]
      await kitchen.getByRole('button', { name: 'Start shift' }).click()
      const number = await orderFrom(eater, await kitchen.locator('.shop-name').innerText())
      const ticket = kitchen.getByRole('article').filter({ hasText: `#${number}` })
      await desk
        .getByRole('row')
        .filter({ hasText: String(number) })
        .click()
      const log = desk.getByRole('complementary', { name: 'Inspector' }).locator('.log')
      await log.getByText(/^Placed/).waitFor()

      await Promise.all([customer.context.setOffline(true), dispatcher.context.setOffline(true)])
      await eater.getByText('You are offline').waitFor()
      await desk
        .getByRole('status')
        .filter({ hasText: /Offline|Reconnecting/ })
        .waitFor()
      await ticket.getByRole('button', { name: /^Accept, ready/ }).click()
      await ticket.getByRole('button', { name: 'Start preparing' }).click()
      await ticket.getByRole('button', { name: 'Ready' }).waitFor()
      await shows(eater, 'Ordered')

      await Promise.all([customer.context.setOffline(false), dispatcher.context.setOffline(false)])
      await shows(eater, 'Being prepared')
      await eater.getByText('You are offline').waitFor({ state: 'detached' })
      await log.getByText('Being prepared').waitFor()
      await desk.getByRole('status').filter({ hasText: 'Connected' }).waitFor()

      expect(seats.map((seat) => seat.loads())).toEqual([1, 1, 1])
      expect(seats.flatMap((seat) => seat.faults)).toEqual([])
    },
    8 * MINUTE,
  )
})
