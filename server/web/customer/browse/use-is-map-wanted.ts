import { useEffect, useState } from 'react'

interface Connection {
  saveData?: boolean
  effectiveType?: string
}

/** A slow or metered network: the map, heavier than all the rest, then waits to be asked for. */
export function isNetworkPoor(): boolean {
  const connection = (navigator as { connection?: Connection }).connection
  return connection?.saveData === true || /2g|3g/.test(connection?.effectiveType ?? '')
}

/** Whether to show the map: after what matters more is there, by itself on a good network, on a press on a poor one. */
export function useIsMapWanted(isPageReady: boolean): { isShown: boolean; mayShow: boolean; show: () => void } {
  const [isAsked, setIsAsked] = useState(false)
  const [isIdle, setIsIdle] = useState(false)
  useEffect(() => {
    if (!isPageReady) return undefined
    const timer = setTimeout(() => setIsIdle(true), 50)
    return () => clearTimeout(timer)
  }, [isPageReady])
  const isPoor = isNetworkPoor()
  return { isShown: isAsked || (isIdle && !isPoor), mayShow: isPoor && isPageReady, show: () => setIsAsked(true) }
}
