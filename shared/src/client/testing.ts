// For tests of whatever talks to the live gateway: a pair of sockets with weather between them, and time moved by hand.
export { handTimers, type ServerEnd, socketPair, type Weather } from './socket-pair.fixture.ts'
