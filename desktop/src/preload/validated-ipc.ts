import { type Args, CHANNELS, type ChannelName, MESSAGES, type Message, type MessageName, type Reply } from '../ipc/contract.ts'

/** The part of Electron's `ipcRenderer` that a preload uses. */
export interface RendererIpc {
  invoke(channel: string, ...args: unknown[]): Promise<unknown>
  sendSync(channel: string, ...args: unknown[]): unknown
  on(channel: string, listener: (event: unknown, ...args: unknown[]) => void): unknown
  off(channel: string, listener: (event: unknown, ...args: unknown[]) => void): unknown
}

/** The page's end of the channels; what does not fit the contract is refused here, in either direction. */
export interface PageIpc {
  ask<Name extends ChannelName>(channel: Name, ...args: Args<Name>): Promise<Reply<Name>>
  /** Blocks the page until the answer is there; for the one thing it cannot start without. */
  askNow<Name extends ChannelName>(channel: Name, ...args: Args<Name>): Reply<Name>
  /** Hears a message of the main process; answers how to stop. */
  hear<Name extends MessageName>(name: Name, listener: (message: Message<Name>) => void): () => void
}

/** Makes the page's end over Electron's `ipcRenderer`. */
export function createPageIpc(ipc: RendererIpc): PageIpc {
  return {
    async ask(channel, ...args) {
      const reply = await ipc.invoke(channel, ...CHANNELS[channel].args.parse(args))
      return CHANNELS[channel].reply.parse(reply) as never
    },
    askNow(channel, ...args) {
      const reply = ipc.sendSync(channel, ...CHANNELS[channel].args.parse(args))
      return CHANNELS[channel].reply.parse(reply) as never
    },
    hear(name, listener) {
      const take = (_event: unknown, message: unknown) => {
        const parsed = MESSAGES[name].safeParse(message)
        if (parsed.success) listener(parsed.data as never)
      }
      ipc.on(name, take)
      return () => void ipc.off(name, take)
    },
  }
}
