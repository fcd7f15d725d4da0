const PIN =
  '<svg class="pin" viewBox="0 0 34 42" aria-hidden="true"><path d="M17 41C11 34 3 25.5 3 17a14 14 0 0 1 28 0c0 8.5-8 17-14 24Z" fill="currentColor" stroke="var(--map-land)" stroke-width="2.5"/><circle cx="17" cy="17" r="5" fill="var(--map-land)"/></svg>'

/** A square for a place to fetch from, or the pin of a door, as an element for a marker on the map. */
export function markElement(kind: 'door' | 'merchant' | 'pickup', label?: string): HTMLElement {
  const element = document.createElement('div')
  element.className = `mark mark-${kind}`
  if (kind === 'door') element.innerHTML = PIN
  if (label && kind !== 'door') {
    const text = document.createElement('span')
    text.textContent = label
    element.append(text)
  }
  return element
}
