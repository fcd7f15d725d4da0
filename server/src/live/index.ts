// The live gateway: clients subscribe to topics over one WebSocket, get each as a whole and then its changes in order, resume
// where they were, and see positions as the latest only. What a topic holds and who may see it is asked of the rooms.
export type { Connection } from './connection.ts'
export { createLiveGateway, type LiveDeps, type LiveGateway } from './gateway.ts'
export type { LiveSocket } from './live-socket.ts'
export { type SocketDeps, serveLiveSockets } from './serve-sockets.ts'
export type { ChangeBody, LiveTopics, ParsedTopic, TopicMessage, TopicSource } from './topics.ts'
