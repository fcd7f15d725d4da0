import type { ZoneId } from '@doorstep/shared/domain'
import type { Accounts, RateLimiterFactory } from '../accounts/index.ts'
import type { Bus } from '../bus/index.ts'
import type { Catalog } from '../catalog/index.ts'
import type { HttpDeps } from '../http/index.ts'
import type { Clock, Database, HandleRoute, Log, Metrics, RedisConnector } from '../platform/index.ts'
import type { Router } from '../routing/index.ts'
import type { CityTravel } from './estimate-leg.ts'

/** What a node is made from. Everything that talks to the outside comes in here, so that tests bring their own. */
export interface AppDeps {
  db: Database
  /** Connections for what follows the log, so that a rush of requests does not hold up what it tells; `db` unless said. */
  followDb?: Database
  clock: Clock
  log: Log
  metrics: Metrics
  bus: Bus
  /** With many nodes: where live positions are kept for nodes that start later. */
  redis?: RedisConnector | undefined
  nodeId: string
  accounts: Accounts
  rateLimiter: RateLimiterFactory
  catalog: Catalog
  zoneIds: readonly ZoneId[]
  router: Router
  travel: CityTravel
  /** Puts the city's own routes (about, addresses) behind the contract. */
  mountCity(handle: HandleRoute): void
  /** Days that breadcrumbs are kept. */
  breadcrumbDays: number
  /** Days that what decisions were made from is kept. */
  decisionDays: number
  isDemo: boolean
  secureCookies: boolean
  requestsPerMinute: { signedIn: number; anonymous: number }
  http: Pick<
    HttpDeps,
    'webFolder' | 'docsFolder' | 'version' | 'proxies' | 'maxBodyBytes' | 'metricsToken' | 'checkReplies' | 'city'
  >
}
