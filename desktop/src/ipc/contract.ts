import { z } from 'zod'

/** What identifies an order or a driver in a link; the shape of every id of the API. */
const id = z.string().regex(/^[A-Za-z0-9_-]{1,64}$/)

/** Where a deep link leads. A sign-in token is not among them: a link from anywhere must not change who is signed in. */
export const consoleLink = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('order'), id }),
  z.object({ kind: z.literal('driver'), id }),
])
export type ConsoleLink = z.output<typeof consoleLink>

/** What the tray and the badge show. */
export const alertCounts = z.object({
  actNow: z.number().int().min(0).max(1_000_000),
  atRisk: z.number().int().min(0).max(1_000_000),
})
export type AlertCounts = z.output<typeof alertCounts>

type Url = Record<'protocol' | 'username' | 'password' | 'hostname' | 'pathname' | 'search' | 'hash' | 'origin', string>
/** Every runtime of the desktop has it; this room is given the types of none. */
declare const URL: { new (text: string): Url; canParse(text: string): boolean }

const LOOPBACK = /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/

/** The origin of a Doorstep server: HTTPS, or plain HTTP on this machine alone, since the session's token travels there. */
export const serverUrl = z
  .string()
  .trim()
  .max(300)
  .transform((text, context) => {
    const url = URL.canParse(text) ? new URL(text) : undefined
    const refuse = (message: string) => {
      context.addIssue({ code: 'custom', message })
      return z.NEVER
    }
    if (!url || (url.protocol !== 'https:' && url.protocol !== 'http:'))
      return refuse('An address such as https://dispatch.example.org')
    if (url.username || url.password) return refuse('An address without a name or password in it')
    if (url.pathname !== '/' || url.search || url.hash) return refuse('The address alone, without a path')
    if (url.protocol === 'http:' && !LOOPBACK.test(url.hostname)) return refuse('Beyond this machine it has to be https://')
    return url.origin
  })

/** Where new versions are announced: an HTTPS address, or empty for never asking. */
export const updateFeedUrl = z.union([
  z.literal(''),
  z.url({ protocol: /^https$/, error: 'An address that starts with https://' }),
])

/** What a person may set, and what is in force until they do. */
export const settings = z.object({
  serverUrl: serverUrl.default('http://127.0.0.1:8080'),
  theme: z.enum(['system', 'light', 'dark']).default('system'),
  notifications: z.boolean().default(true),
  keepInTray: z.boolean().default(false),
  updateFeedUrl: updateFeedUrl.default(''),
})
export type Settings = z.output<typeof settings>

/** The settings as a form holds them, before they are checked. */
export const typedSettings = z.object({
  serverUrl: z.string().max(300),
  theme: z.enum(['system', 'light', 'dark']),
  notifications: z.boolean(),
  keepInTray: z.boolean(),
  updateFeedUrl: z.string().max(300),
})
export type TypedSettings = z.output<typeof typedSettings>

const nothing = z.void()
const saved = z.discriminatedUnion('ok', [
  z.object({ ok: z.literal(true) }),
  z.object({ ok: z.literal(false), field: z.enum(['serverUrl', 'updateFeedUrl', 'form']), reason: z.string() }),
])

/** Which page may call a channel: the console's windows or the settings' one. */
export type Caller = 'console' | 'settings'

/** One question of a page to the main process: who may ask, the arguments and the reply. */
export interface Channel {
  readonly caller: Caller
  readonly args: z.ZodType<readonly unknown[]>
  readonly reply: z.ZodType
}

/** Every channel from a page to the main process. Both ends check both directions against this table. */
export const CHANNELS = {
  'server:url': { caller: 'console', args: z.tuple([]), reply: z.string() },
  'token:read': { caller: 'console', args: z.tuple([]), reply: z.string().nullable() },
  'token:write': { caller: 'console', args: z.tuple([z.string().min(1).max(4096).nullable()]), reply: nothing },
  'notification:show': {
    caller: 'console',
    args: z.tuple([z.object({ id: z.number().int().min(0), title: z.string().max(200), body: z.string().max(1000) })]),
    reply: nothing,
  },
  'notification:ask': { caller: 'console', args: z.tuple([]), reply: z.boolean() },
  'links:follow': { caller: 'console', args: z.tuple([]), reply: z.array(consoleLink) },
  'counts:show': { caller: 'console', args: z.tuple([alertCounts]), reply: nothing },
  'window:open': { caller: 'console', args: z.tuple([]), reply: nothing },
  'settings:read': { caller: 'settings', args: z.tuple([]), reply: settings },
  'settings:save': { caller: 'settings', args: z.tuple([typedSettings]), reply: saved },
} as const satisfies Record<string, Channel>
export type ChannelName = keyof typeof CHANNELS
export type Args<Name extends ChannelName> = z.output<(typeof CHANNELS)[Name]['args']>
export type Reply<Name extends ChannelName> = z.output<(typeof CHANNELS)[Name]['reply']>

/** What the main process tells a page by itself. */
export const MESSAGES = {
  'link:opened': consoleLink,
  'notification:opened': z.number().int().min(0),
} as const
export type MessageName = keyof typeof MESSAGES
export type Message<Name extends MessageName> = z.output<(typeof MESSAGES)[Name]>
