import { z } from 'zod'
import type { Electron } from './electron-module.ts'

const about = z.object({ version: z.string(), city: z.object({ title: z.string() }) })
const PATIENCE_MS = 8_000

/** Asks an address whether a Doorstep server is there; undefined when it is, else why it cannot be used. */
export async function checkServer({ net }: Pick<Electron, 'net'>, serverUrl: string): Promise<string | undefined> {
  try {
    const response = await net.fetch(`${serverUrl}/api/v1/about`, {
      credentials: 'omit',
      redirect: 'error',
      signal: AbortSignal.timeout(PATIENCE_MS),
    })
    const isDoorstep = response.ok && about.safeParse(await response.json()).success
    return isDoorstep ? undefined : 'Something answers there, but it is not a Doorstep server'
  } catch (error) {
    if (error instanceof SyntaxError) return 'Something answers there, but it is not a Doorstep server'
    return `No server answers there (${(error as Error).message})`
  }
}
