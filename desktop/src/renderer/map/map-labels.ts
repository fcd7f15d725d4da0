/** Words beside drivers' marks, in the document above the map so that they glide with them. */
export interface Labels {
  show(labels: ReadonlyMap<number, LabelText>, positionOf: PositionOf): void
  /** One more for the driver under the pointer, or none. */
  hover(label: { slot: number; text: string } | null, positionOf: PositionOf): void
  /** Puts every label where its mark is now; called on each frame the map draws. */
  place(): void
  setVisible(visible: boolean): void
}

interface LabelText {
  text: string
  isAct: boolean
}
type PositionOf = (slot: number) => { x: number; y: number } | undefined

/** More than this many would hide the map; the worst come first anyway. */
const MOST = 60
const HOVER = -1

/** Labels in a box that covers the map. */
export function createLabels(box: HTMLElement): Labels {
  const shown = new Map<number, { element: HTMLElement; slot: number }>()
  let positionOf: PositionOf = () => undefined

  const put = (key: number, slot: number, { text, isAct }: LabelText) => {
    let label = shown.get(key)
    if (!label) {
      const element = box.ownerDocument.createElement('span')
      box.append(element)
      label = { element, slot }
      shown.set(key, label)
    }
    label.slot = slot
    if (label.element.textContent !== text) label.element.textContent = text
    const name = isAct ? 'mlabel act' : 'mlabel'
    if (label.element.className !== name) label.element.className = name
  }
  const drop = (key: number) => {
    shown.get(key)?.element.remove()
    shown.delete(key)
  }
  const place = () => {
    for (const { element, slot } of shown.values()) {
      const at = positionOf(slot)
      element.style.visibility = at ? 'visible' : 'hidden'
      if (at) element.style.transform = `translate(${Math.round(at.x + 13)}px, ${Math.round(at.y - 7)}px)`
    }
  }

  return {
    place,
    show(labels, next) {
      positionOf = next
      const sorted = [...labels].sort((a, b) => Number(b[1].isAct) - Number(a[1].isAct)).slice(0, MOST)
      const keep = new Set(sorted.map(([slot]) => slot))
      for (const key of shown.keys()) if (key !== HOVER && !keep.has(key)) drop(key)
      for (const [slot, label] of sorted) put(slot, slot, label)
      place()
    },
    hover(label, next) {
      positionOf = next
      if (!label || shown.has(label.slot)) drop(HOVER)
      else put(HOVER, label.slot, { text: label.text, isAct: false })
      place()
    },
    setVisible(visible) {
      box.style.display = visible ? '' : 'none'
    },
  }
}
