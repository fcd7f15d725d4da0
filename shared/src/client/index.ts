// How anything talks to the server: typed HTTP calls, and a live connection that keeps itself alive. Only types of the
// contract are imported, so no schema reaches a browser; sockets, fetch and timers are passed in, so tests can hold them.
export {
  DRIVER_STATE,
  type DriverStateCode,
  type FleetEntry,
  FRAME,
  FRAME_FLAG,
  type FrameHeader,
  readCells,
  readFleet,
  readHeader,
  readRoster,
  type WirePosition,
} from '../contract/live-frames.ts'
export type { ApiProblem, HttpAnswer } from './http-answer.ts'
export {
  type AbortSignalLike,
  type CallInput,
  createHttpClient,
  type FetchLike,
  type HttpClient,
  type HttpClientOptions,
  type ReplyOf,
} from './http-client.ts'
export { createLiveClient, type LiveClient, type LiveClientOptions, type LiveState, type LiveTopic } from './live-client.ts'
export type { LiveSocketLike, OpenSocket } from './live-socket.ts'
export type { LiveView, TopicListener } from './live-subscription.ts'
export { hostTimers, type Timers } from './timers.ts'
