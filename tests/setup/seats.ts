import type { Page } from 'playwright-core'

/** What a customer does: finds an address by its street, a merchant by its name, takes two dishes and orders. */
export async function orderFrom(page: Page, merchant: string): Promise<number> {
  await page.getByRole('link', { name: 'Choose an address' }).first().click()
  await page.getByRole('searchbox', { name: 'Street and number' }).fill('Rua')
  await page.getByRole('main').getByRole('listitem').getByRole('button').first().click()
  await page.getByLabel('Entrance, floor, bell').fill('2nd floor')
  await page.getByRole('button', { name: 'Deliver here' }).click()
  await page.getByRole('searchbox', { name: 'Search places and dishes' }).fill(merchant)
  await page
    .getByRole('link', { name: new RegExp(`^${merchant}`) })
    .first()
    .click()
  await page.getByRole('button', { name: /^Add / }).nth(0).click()
  await page.getByRole('button', { name: /^Add / }).nth(1).click()
  await page.getByRole('link', { name: /^Your order, 2 items/ }).click()
  await page.getByRole('button', { name: /^Order now/ }).click()
  const title = page.getByRole('heading', { name: /^Order \d+$/ })
  await title.waitFor()
  return Number((await title.innerText()).replace('Order ', ''))
}

/** What a driver does at the start of a shift, with the position of the demo. */
export async function goOnline(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Use the demo position' }).click()
  await page.getByRole('button', { name: 'Go online' }).click()
  await page.getByRole('heading', { name: 'Waiting for orders' }).waitFor()
}

/** The driver's one big button, pressed by the keyboard as those do who cannot slide. */
export async function press(page: Page, name: string): Promise<void> {
  await page.getByRole('button', { name }).press('Enter')
}

/** Waits until the customer's timeline stands at a step. */
export async function shows(page: Page, step: string): Promise<void> {
  const timeline = page.getByRole('list', { name: 'What has happened so far' })
  await timeline.locator('[aria-current=step]').filter({ hasText: step }).waitFor()
}
