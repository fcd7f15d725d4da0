/** Queries under way at a time: enough that one answer is always on its way, few enough to leave the pool to others. */
const MOST_AT_ONCE = 2
/** Keys to a query at most. */
const MOST_KEYS = 500

interface Waiting<Key, Row> {
  key: Key
  resolve(row: Row | undefined): void
  reject(error: unknown): void
}

/**
 * Answers lookups of single keys by queries for many: a lookup alone is asked at once, those that come while queries are
 * under way go together in the next one. So thousands who connect in a second cost a handful of queries, not thousands.
 * `find` answers in the order of its keys.
 */
export function gatherLookups<Key, Row>(
  find: (keys: Key[]) => Promise<readonly (Row | undefined)[]>,
): (key: Key) => Promise<Row | undefined> {
  const waiting: Waiting<Key, Row>[] = []
  let underWay = 0
  const next = () => {
    if (underWay >= MOST_AT_ONCE || waiting.length === 0) return
    const batch = waiting.splice(0, MOST_KEYS)
    underWay++
    find(batch.map(({ key }) => key))
      .then(
        (rows) => batch.forEach(({ resolve }, i) => resolve(rows[i])),
        (error: unknown) => batch.forEach(({ reject }) => reject(error)),
      )
      .finally(() => {
        underWay--
        next()
      })
  }
  return (key) =>
    new Promise((resolve, reject) => {
      waiting.push({ key, resolve, reject })
      next()
    })
}
