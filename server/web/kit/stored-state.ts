import { create, type StoreApi, type UseBoundStore } from 'zustand'

/** What a view keeps in the browser. */
export type StoredState<T> = UseBoundStore<StoreApi<T>>

/**
 * State that survives a reload and is the same in every tab. `parse` makes a state of what was stored, which may be
 * nothing or anything. Where the browser stores nothing (private windows, a full disk) it lives as long as the page.
 */
export function storedState<T extends object>(key: string, parse: (stored: unknown) => T): StoredState<T> {
  const store = create<T>(() => parse(read(key)))
  let written = ''
  store.subscribe((state) => {
    written = JSON.stringify(state)
    write(key, written)
  })
  addEventListener('storage', (event) => {
    if (event.key === key && event.newValue !== written) store.setState(parse(decode(event.newValue)), true)
  })
  return store
}

function read(key: string): unknown {
  try {
    return decode(localStorage.getItem(key))
  } catch {
    return undefined // storage is not allowed here
  }
}

function write(key: string, text: string): void {
  try {
    localStorage.setItem(key, text)
  } catch {
    // full or not allowed: the page goes on with what it has in memory
  }
}

function decode(text: string | null): unknown {
  try {
    return text === null ? undefined : JSON.parse(text)
  } catch {
    return undefined // somebody else's, or cut short
  }
}
