/** A mark on the screen and how wide the name beside it is, in pixels. */
export interface Label {
  x: number
  y: number
  width: number
}

const HEIGHT = 18
/** From the middle of a mark to where its name begins. */
const OFFSET = 12
const MARK = 9

/** Which names can be shown without covering a mark or another name; earlier ones go first. */
export function fittingLabels(labels: readonly Label[]): boolean[] {
  const taken = labels.map(({ x, y }) => ({ left: x - MARK, right: x + MARK, top: y - MARK, bottom: y + MARK }))
  return labels.map(({ x, y, width }, i) => {
    const box = { left: x + OFFSET, right: x + OFFSET + width, top: y - HEIGHT / 2, bottom: y + HEIGHT / 2 }
    const isFree = taken.every(
      (other, j) =>
        j === i || box.right < other.left || box.left > other.right || box.bottom < other.top || box.top > other.bottom,
    )
    if (isFree) taken.push(box)
    return isFree
  })
}
