import { useEffect } from 'react'
import type { Sounds } from '../state/sounds.ts'

const RING_EVERY_MS = 3_000

/** Rings as long as an order waits to be seen, and says so in the page's title, where a tablet shows several pages. */
export function useRing(sounds: Sounds, isRinging: boolean): void {
  useEffect(() => {
    if (!isRinging) return undefined
    const title = document.title
    const ring = () => {
      sounds.play('new')
      navigator.vibrate?.(400)
    }
    ring()
    document.title = `(!) ${title}`
    const timer = setInterval(ring, RING_EVERY_MS)
    return () => {
      clearInterval(timer)
      document.title = title
    }
  }, [sounds, isRinging])
}
