import { createLiveClient, hostTimers, type LiveClient, type OpenSocket, type Timers } from '@doorstep/shared/client'
import type { TopicChange } from '@doorstep/shared/contract'
import type { PeopleClock } from './people-clock.ts'
import type { Session } from './session.ts'

/** What the simulation calls itself on a connection. */
export const CLIENT = 'simulator'

/** The place of one driver or one kitchen, which a person may take at any time. */
export interface Seat {
  session: Session
  /** Whether the simulation acts for it now: nobody else sits there. */
  isOurs(): boolean
  live: Pick<LiveClient, 'sendPosition' | 'state'>
  close(): void
}

/** What happens at a seat. Nothing is told while a person has it; afterwards everything is read anew. */
export interface SeatListener<State> {
  /** How things stand: at the start, after a gap, after a person left, and now and then where there is no socket. */
  onState(state: State): void
  onChange(change: TopicChange): void
  /** A person has sat down: whatever was planned is not done. */
  onTaken(): void
}

/** What a seat is made from. */
export interface SeatOptions<State> {
  session: Session
  topic: string
  liveUrl: string
  openSocket: OpenSocket
  clock: PeopleClock
  timers?: Timers
  /** Reads how things stand over HTTP; undefined where that failed. */
  read(): Promise<State | undefined>
  /** How often to read, in ms of the wall, while there is no socket. */
  readEveryMs: number
  listener: SeatListener<State>
}

/** A person who is gone for so long, in ms of the wall, is not coming back: a page that reloads is. */
const TAKEN_BACK_AFTER_MS = 20_000

/** Takes a seat: holds a socket on its topic, yields to a person who sits down there, and takes it back when they left. */
export function takeSeat<State>(options: SeatOptions<State>): Seat {
  const { session, clock, listener } = options
  let isTaken = false
  let isClosed = false
  let live: LiveClient
  let cancelReturn = () => {}

  const readAnew = async () => {
    const state = await options.read()
    if (state !== undefined && !isTaken && !isClosed) listener.onState(state)
  }
  const onPresence = (present: readonly { client: string; userId: string }[]) => {
    const isHere = present.some((one) => one.client !== CLIENT && one.userId === session.me.id)
    cancelReturn()
    if (isHere && !isTaken) {
      isTaken = true
      listener.onTaken()
    } else if (!isHere && isTaken) {
      cancelReturn = clock.after(TAKEN_BACK_AFTER_MS * clock.speed(), () => {
        isTaken = false
        void readAnew()
      })
    }
  }
  const connect = () => {
    const { openSocket, liveUrl: url, timers = hostTimers } = options
    live = createLiveClient({
      ...{ url, openSocket, timers, client: CLIENT, token: session.token },
      // Only a session that ended ends a connection: with a new one there is a new connection.
      onEnded: () => void session.renew().then(() => !isClosed && clock.after(5_000 * clock.speed(), connect)),
    })
    live.subscribe(options.topic, {
      onSnapshot: (body) => isTaken || listener.onState(body as State),
      onChange: (change) => isTaken || listener.onChange(change),
      onPresence,
    })
  }
  const readWithoutSocket = () => {
    if (isClosed) return
    if (live.state() !== 'live' && !isTaken) void readAnew()
    clock.after(options.readEveryMs * clock.speed(), readWithoutSocket)
  }

  connect()
  clock.after(options.readEveryMs * clock.speed(), readWithoutSocket)
  return {
    session,
    isOurs: () => !isTaken,
    live: { sendPosition: (position) => live.sendPosition(position), state: () => live.state() },
    close() {
      isClosed = true
      cancelReturn()
      live.close()
    },
  }
}
