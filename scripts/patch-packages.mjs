// Mends installed packages where a fix is not released yet. Plain Node without dependencies: it runs after every
// installation and before every start, and does nothing where everything is mended.
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = join(dirname(fileURLToPath(import.meta.url)), '..')

/**
 * postgres 3.4.9 (github.com/porsager/postgres, issues 1066, 1154, 1208) when its connection is lost:
 * - a query of a transaction that is over writes to no socket, which ends the process, or to the socket that the connection
 *   has been given since, in the middle of somebody else's transaction: it is refused instead;
 * - the last words of the server it lost are not the answer to the first question of the next;
 * - a connection that is lost while it reads the types of arrays ends the process: they are read by the next one;
 * - what waited to be written goes out before the greeting of the next connection, which then stands still: it is dropped.
 */
const patches = [
  {
    version: '3.4.9',
    manifest: 'postgres/package.json',
    file: 'postgres/src/connection.js',
    changes: [
      [
        '    incomings = null\n    clearImmediate(nextWriteTimer)\n    socket.removeListener',
        '    incomings = null\n    clearImmediate(nextWriteTimer)\n    nextWriteTimer = chunk = null\n    socket.removeListener',
      ],
      [
        '    if (stream)\n      return queryError(q, Errors.generic(',
        "    if (!socket)\n      return (queryError(q, Errors.connection('CONNECTION_CLOSED', options)), true)\n\n    if (stream)\n      return queryError(q, Errors.generic(",
      ],
      ['    socket = null\n\n    if (initial)\n', '    socket = null\n    errorResponse = null\n\n    if (initial)\n'],
      [
        "error(Errors.connection('CONNECTION_CLOSED', options, socket))\n    closedTime =",
        "error(Errors.connection('CONNECTION_CLOSED', options, socket))\n    query = null\n    closedTime =",
      ],
      ['      order by b.oid\n    `], [], execute)\n', '      order by b.oid\n    `], [], execute).catch(() => [])\n'],
      ['    count: 0,\n    id\n', '    count: 0,\n    lives: 0,\n    id\n'],
    ],
  },
  {
    version: '3.4.9',
    manifest: 'postgres/package.json',
    file: 'postgres/src/index.js',
    changes: [
      ['    move(c, closed)\n    c.reserved = null\n', '    move(c, closed)\n    c.lives++\n    c.reserved = null\n'],
      [
        '    move(c, reserved)\n    c.reserved = () => queue.length\n',
        '    const life = c.lives\n    move(c, reserved)\n    c.reserved = () => queue.length\n',
      ],
      [
        '    sql.release = () => {\n      c.reserved = null\n',
        '    sql.release = () => {\n      if (c.lives !== life)\n        return\n      c.reserved = null\n',
      ],
      [
        '    function handler(q) {\n      c.queue === full\n        ? queue.push(q)\n',
        "    function handler(q) {\n      if (c.lives !== life)\n        return q.reject(Errors.connection('CONNECTION_CLOSED', options))\n      c.queue === full\n        ? queue.push(q)\n",
      ],
      ['      , connection\n      , prepare = null\n', '      , connection\n      , life\n      , prepare = null\n'],
      [
        '        q.catch(e => uncaughtError || (uncaughtError = e))\n        c.queue === full\n',
        "        q.catch(e => uncaughtError || (uncaughtError = e))\n        if (c.lives !== life)\n          return q.reject(Errors.connection('CONNECTION_CLOSED', options))\n        c.queue === full\n",
      ],
      [
        '      connection = c\n      move(c, reserved)\n',
        '      connection = c\n      life = c.lives\n      move(c, reserved)\n',
      ],
    ],
  },
]

const modules = join(root, 'node_modules')

function mend({ version, manifest, file, changes }) {
  const path = join(modules, file)
  if (!existsSync(path)) return
  const found = JSON.parse(readFileSync(join(modules, manifest), 'utf8')).version
  if (found !== version)
    throw new Error(`${manifest} is ${found}; scripts/patch-packages.mjs knows ${version}: is it mended there?`)
  const before = readFileSync(path, 'utf8')
  let text = before
  for (const [from, to] of changes) {
    if (text.includes(to)) continue
    if (text.split(from).length !== 2) throw new Error(`${file} is not what scripts/patch-packages.mjs expects`)
    text = text.replace(from, () => to)
  }
  if (text === before) return
  writeFileSync(`${path}.${process.pid}`, text)
  renameSync(`${path}.${process.pid}`, path)
}

/** Mends what is installed. */
export function patchPackages() {
  for (const patch of patches) mend(patch)
}

if (process.argv[1] === fileURLToPath(import.meta.url)) patchPackages()
