// The door for tests of every room: the HTTP app with accounts and catalogue, on a database of its own.
export { NOON_MS, openTestApp, type TestApp } from './testing/open-test-app.ts'
