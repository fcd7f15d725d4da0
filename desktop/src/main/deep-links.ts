import { type ConsoleLink, consoleLink } from '../ipc/contract.ts'

/** The scheme of deep links and of the console's own pages. */
export const SCHEME = 'doorstep'

/** Reads `doorstep://order/<id>` and `doorstep://driver/<id>`; undefined for anything else, whoever sent it. */
export function parseDeepLink(text: string): ConsoleLink | undefined {
  if (text.length > 300 || !URL.canParse(text)) return undefined
  const url = new URL(text)
  if (url.protocol !== `${SCHEME}:` || url.username || url.port || url.search || url.hash) return undefined
  const [, id, ...rest] = url.pathname.split('/')
  if (rest.some((part) => part !== '')) return undefined
  const parsed = consoleLink.safeParse({ kind: url.hostname, id })
  return parsed.success ? parsed.data : undefined
}

/** The link among the arguments of a start: how Windows and Linux hand one over. */
export function findDeepLink(args: readonly string[]): ConsoleLink | undefined {
  for (const arg of args) {
    const link = arg.startsWith(`${SCHEME}:`) ? parseDeepLink(arg) : undefined
    if (link) return link
  }
  return undefined
}
