import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core'
import { findBrowser, howToInstallBrowser } from '../../scripts/find-browser.ts'

/** As long as a loaded machine with two cores may take for one step. */
export const PATIENCE_MS = 60_000

/**
 * The browser of the tests. Without one it says how to get it and answers null, so that the test can be skipped; where
 * `CI` is set that is an error instead.
 */
export async function launchBrowser(): Promise<Browser | null> {
  const found = await findBrowser()
  if (found) return chromium.launch({ executablePath: found.executablePath, args: [...found.args], timeout: PATIENCE_MS * 2 })
  const message = `No browser was found, so nothing was tested in one. Install one: ${howToInstallBrowser()}`
  if (process.env['CI'] === 'true') throw new Error(message)
  console.warn(`\nSKIPPED: ${message}\n`)
  return null
}

/** One person's browser window on one surface. */
export interface Seat {
  readonly page: Page
  readonly context: BrowserContext
  /** What went wrong on the page so far: uncaught errors and refused content. */
  readonly faults: string[]
  /** How often the page was loaded anew; only clicking must never do that. */
  loads(): number
}

interface SeatOptions {
  url: string
  width: number
  height: number
  /** The demo link that signs in and leads to the surface, as `/demo/customer`. */
  link: string
  /** Somebody else's account of the same role, for a second person on a surface. */
  email?: string
}

/** Opens a window of a size, signed in as somebody of the demo, on that person's surface. */
export async function takeSeat(browser: Browser, { url, link, email, width, height }: SeatOptions): Promise<Seat> {
  const context = await browser.newContext({
    viewport: { width, height },
    locale: 'en-GB',
    reducedMotion: 'reduce',
    baseURL: url,
    ...(width < 500 && { hasTouch: true, isMobile: true }),
  })
  context.setDefaultTimeout(PATIENCE_MS)
  const page = await context.newPage()
  const faults: string[] = []
  let loads = 0
  page.on('pageerror', (error) => faults.push(String(error)))
  page.on('domcontentloaded', () => loads++)
  if (email) {
    const signedIn = await context.request.post('/api/v1/auth/demo', { data: { email } })
    if (!signedIn.ok()) throw new Error(`${email} could not sign in: ${signedIn.status()} ${await signedIn.text()}`)
  }
  await page.goto(email ? link.replace('/demo', '') : link)
  return { page, context, faults, loads: () => loads }
}

/** The full name of whoever sits there. */
export async function nameOf({ context }: Seat): Promise<string> {
  const me = await context.request.get('/api/v1/auth/me')
  return ((await me.json()) as { name: string }).name
}
