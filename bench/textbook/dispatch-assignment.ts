/**
 * The cheapest assignment of rows to columns, each at most once, by shortest augmenting paths (Jonker and Volgenant,
 * 1987, as in e-maxx). Answers the column of each row, -1 for rows left over when there are more rows than columns.
 */
export function assignLinearly(cost: readonly (readonly number[])[]): number[] {
  const rows = cost.length
  const columns = cost[0]?.length ?? 0
  if (rows > columns) return transposed(cost, rows, columns)
  const rowPrice = new Float64Array(rows + 1)
  const columnPrice = new Float64Array(columns + 1)
  const rowOf = new Int32Array(columns + 1)
  const from = new Int32Array(columns + 1)
  for (let row = 1; row <= rows; row++) {
    rowOf[0] = row
    const least = new Float64Array(columns + 1).fill(Infinity)
    const done = new Uint8Array(columns + 1)
    let column = 0
    do {
      done[column] = 1
      const current = rowOf[column]!
      let delta = Infinity
      let next = 0
      for (let j = 1; j <= columns; j++) {
        if (done[j]) continue
        const reduced = cost[current - 1]![j - 1]! - rowPrice[current]! - columnPrice[j]!
        if (reduced < least[j]!) {
          least[j] = reduced
          from[j] = column
        }
        if (least[j]! < delta) {
          delta = least[j]!
          next = j
        }
      }
      for (let j = 0; j <= columns; j++) {
        if (done[j]) {
          rowPrice[rowOf[j]!]! += delta
          columnPrice[j]! -= delta
        } else least[j]! -= delta
      }
      column = next
    } while (rowOf[column] !== 0)
    for (; column !== 0; column = from[column]!) rowOf[column] = rowOf[from[column]!]!
  }
  const result = new Array<number>(rows).fill(-1)
  for (let j = 1; j <= columns; j++) if (rowOf[j]! > 0) result[rowOf[j]! - 1] = j - 1
  return result
}

function transposed(cost: readonly (readonly number[])[], rows: number, columns: number): number[] {
  const flipped = Array.from({ length: columns }, (_, column) => cost.map((row) => row[column]!))
  const result = new Array<number>(rows).fill(-1)
  for (const [column, row] of assignLinearly(flipped).entries()) if (row >= 0) result[row] = column
  return result
}
