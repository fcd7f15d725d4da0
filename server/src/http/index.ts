// The HTTP side of the house: what stands around every request (ids, limits, headers, problems), the documentation,
// and the web views. Rooms bring their own routes and get them behind the contract by `handle`.
export { createHttpApp, type HttpApp, type HttpDeps } from './create-http-app.ts'
export { toAppError, toProblem } from './problem-response.ts'
