/** Words beside drivers' marks, in the document above the map so that they glide with them. */
export interface Labels {
  show(labels: ReadonlyMap<number, LabelText>, positionOf: PositionOf): void
  /** One more for the driver under the pointer, or none. */
  hover(label: { slot: number; text: string } | null, positionOf: PositionOf): void
  /** Puts every label where its mark is now; called on each frame the map draws. */
  place(): void
  setVisible(visible: boolean): void
}

/** Words beside a mark; the higher the rank, the sooner it gets its place. */
export interface LabelText {
  text: string
  isAct: boolean
  rank: number
}
type PositionOf = (slot: number) => { x: number; y: number } | undefined

/** More than this many would hide the map; the worst come first anyway. */
const MOST = 60
const HOVER = -1

/** What a character takes at the label's size, near enough to keep labels apart. */
const CHAR_PX = 6
const LINE_PX = 14

interface Box {
  x: number
  y: number
  width: number
  height: number
}

const overlaps = (a: Box, b: Box) => a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height

/** Labels in a box that covers the map; where two would overlap, the worse one stays. */
export function createLabels(box: HTMLElement): Labels {
  const shown = new Map<number, { element: HTMLElement; slot: number; width: number }>()
  let positionOf: PositionOf = () => undefined

  const put = (key: number, slot: number, { text, isAct }: LabelText) => {
    let label = shown.get(key)
    if (!label) {
      const element = box.ownerDocument.createElement('span')
      box.append(element)
      label = { element, slot, width: 0 }
      shown.set(key, label)
    }
    label.slot = slot
    if (label.element.textContent !== text) {
      label.element.textContent = text
      label.width = text.length * CHAR_PX
    }
    const name = isAct ? 'mlabel act' : 'mlabel'
    if (label.element.className !== name) label.element.className = name
  }
  // A map keeps insertion order; placing goes by it, so the worst is put first.
  const reorder = (key: number) => {
    const label = shown.get(key)
    if (!label) return
    shown.delete(key)
    shown.set(key, label)
  }
  const drop = (key: number) => {
    shown.get(key)?.element.remove()
    shown.delete(key)
  }
  const place = () => {
    const taken: Box[] = []
    for (const label of shown.values()) {
      const at = positionOf(label.slot)
      const space = at && { x: at.x + 13, y: at.y - 7, width: label.width, height: LINE_PX }
      const isFree = space !== undefined && !taken.some((other) => overlaps(space, other))
      if (isFree) taken.push(space)
      label.element.style.visibility = isFree ? 'visible' : 'hidden'
      if (space) label.element.style.transform = `translate(${Math.round(space.x)}px, ${Math.round(space.y)}px)`
    }
  }

  return {
    place,
    show(labels, next) {
      positionOf = next
      const sorted = [...labels].sort((a, b) => b[1].rank - a[1].rank).slice(0, MOST)
      const keep = new Set(sorted.map(([slot]) => slot))
      for (const key of shown.keys()) if (key !== HOVER && !keep.has(key)) drop(key)
      for (const [slot, label] of sorted) {
        put(slot, slot, label)
        reorder(slot)
      }
      place()
    },
    hover(label, next) {
      positionOf = next
      if (!label || shown.has(label.slot)) drop(HOVER)
      else put(HOVER, label.slot, { text: label.text, isAct: false, rank: 0 })
      place()
    },
    setVisible(visible) {
      box.style.display = visible ? '' : 'none'
    },
  }
}
