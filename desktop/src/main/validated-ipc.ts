import type { IpcMain, IpcMainEvent, IpcMainInvokeEvent, WebContents } from 'electron'
import {
  type Args,
  type Caller,
  CHANNELS,
  type ChannelName,
  MESSAGES,
  type Message,
  type MessageName,
  type Reply,
} from '../ipc/contract.ts'
import { ORIGINS } from './app-protocol.ts'
import { originOf } from './lock-down.ts'

/** What the main process does for each channel. */
export type Handlers = {
  [Name in ChannelName]: (sender: WebContents, ...args: Args<Name>) => Reply<Name> | Promise<Reply<Name>>
}

/** A call that was refused: the page learns no more than this. */
export class IpcRefused extends Error {
  constructor(channel: string, reason: 'sender' | 'arguments') {
    super(`${channel} was refused: ${reason === 'sender' ? 'not from a page that may call it' : 'arguments that do not fit'}`)
    this.name = 'IpcRefused'
  }
}

/** Channels that a page asks while it waits. */
const AT_ONCE: ReadonlySet<ChannelName> = new Set(['server:url'])

/** Whose page a web contents is; undefined for one that is not ours. */
export type CallerOf = (contents: WebContents) => Caller | undefined

/** Answers every channel of the contract; callers, arguments and replies are held to it, and refusals are told to `onRefused`. */
export function answerPages(ipcMain: IpcMain, handlers: Handlers, callerOf: CallerOf, onRefused: (error: Error) => void): void {
  for (const name of Object.keys(CHANNELS) as ChannelName[]) {
    if (AT_ONCE.has(name)) {
      ipcMain.on(name, (event, ...args) => {
        try {
          event.returnValue = CHANNELS[name].reply.parse(call(handlers, callerOf, name, event, args))
        } catch (error) {
          onRefused(error as Error)
          event.returnValue = null
        }
      })
    } else {
      ipcMain.handle(name, async (event, ...args) => {
        try {
          return CHANNELS[name].reply.parse(await call(handlers, callerOf, name, event, args))
        } catch (error) {
          onRefused(error as Error)
          throw error instanceof IpcRefused ? error : new Error(`${name} failed`, { cause: error })
        }
      })
    }
  }
}

function call(
  handlers: Handlers,
  callerOf: CallerOf,
  name: ChannelName,
  event: IpcMainEvent | IpcMainInvokeEvent,
  args: unknown[],
): unknown {
  const { caller, args: schema } = CHANNELS[name]
  const frame = event.senderFrame
  const isTop = frame !== null && frame.parent === null
  if (!isTop || originOf(frame.url) !== ORIGINS[caller] || callerOf(event.sender) !== caller) throw new IpcRefused(name, 'sender')
  const parsed = schema.safeParse(args)
  if (!parsed.success) throw new IpcRefused(name, 'arguments')
  const handler = handlers[name] as (sender: WebContents, ...args: unknown[]) => unknown
  return handler(event.sender, ...parsed.data)
}

/** Tells a page something; what does not fit the contract is a bug and throws. */
export function tellPage<Name extends MessageName>(contents: WebContents, name: Name, message: Message<Name>): void {
  contents.send(name, MESSAGES[name].parse(message))
}
