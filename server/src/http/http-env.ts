import type { Principal } from '../platform/index.ts'

/** What a request carries with it on its way through the app. */
export interface HttpEnv {
  Variables: {
    requestId: string
    /** Set once somebody was recognised. */
    principal: Principal | null
    /** The route's pattern, for metrics: its addresses are few. */
    routePattern: string
    problemCode: string
    address: string
    /** The answer has all its headers. */
    isDressed: boolean
  }
}
