import { useSyncExternalStore } from 'react'
import { kitWords } from './kit-words.ts'
import { Slow } from './states.tsx'
import { useView } from './view.ts'

function subscribe(listener: () => void): () => void {
  addEventListener('online', listener)
  addEventListener('offline', listener)
  return () => {
    removeEventListener('online', listener)
    removeEventListener('offline', listener)
  }
}

/** Whether the browser has a network at all. */
export const useIsOnline = (): boolean => useSyncExternalStore(subscribe, () => navigator.onLine)

/** A reconnect shorter than this is nobody's business. */
const PATIENCE_MS = 1_500

/** Says honestly when what is shown may be old; nothing while all is well. */
export function ConnectionBar() {
  const { live } = useView()
  const isOnline = useIsOnline()
  const state = live.use((s) => s.state)
  const isTroubled = state === 'reconnecting' || state === 'offline' || state === 'catching_up'
  const line = (text: string) => <p className="netline sm">{text}</p>
  return (
    <div className="netlines" aria-live="polite">
      {!isOnline && line(kitWords.offline)}
      {isOnline && isTroubled && (
        <Slow afterMs={PATIENCE_MS}>{line(state === 'catching_up' ? kitWords.catchingUp : kitWords.reconnecting)}</Slow>
      )}
    </div>
  )
}
