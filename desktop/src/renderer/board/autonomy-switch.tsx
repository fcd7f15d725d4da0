import { Popover } from 'radix-ui'
import { useState } from 'react'
import { useConsole, useConsoleState } from '../live/console-context.ts'
import { changePolicy } from '../live/follow-policy.ts'
import { AUTONOMY, type Autonomy, autonomyWord, isRaised } from './autonomy-words.ts'

const CHOICES = Object.keys(AUTONOMY) as Autonomy[]

/** How far the planner may act by itself; letting it do more is asked once more, doing less happens at once. */
export function AutonomySwitch() {
  const console = useConsole()
  const policy = useConsoleState((s) => s.zone?.policy)
  const vetoWindowS = useConsoleState((s) => s.policy?.vetoWindowS)
  const [asked, setAsked] = useState<Autonomy | null>(null)
  if (!policy) return null
  const set = async (autonomy: Autonomy) => {
    setAsked(null)
    const result = await changePolicy(console, { autonomy }, policy.version)
    const atMs = console.clock.nowMs()
    const word = AUTONOMY[autonomy].word
    if (result.ok)
      console.store.setState({ notice: { tone: 'done', text: `Autonomy: ${word}`, detail: AUTONOMY[autonomy].means, atMs } })
    else {
      const now = console.store.getState().zone?.policy
      const isStale = result.error.code === 'stale_version'
      const text = isStale
        ? `Autonomy was not changed. Somebody changed the policy first: ${now ? AUTONOMY[now.autonomy].word : ''}, version ${now?.version}`
        : `Autonomy was not changed. ${result.error.title}`
      console.store.setState({ notice: { tone: 'refused', text, detail: isStale ? '' : (result.error.detail ?? ''), atMs } })
    }
  }
  const choose = (autonomy: Autonomy) => {
    if (autonomy === policy.autonomy) return setAsked(null)
    if (isRaised(policy.autonomy, autonomy)) setAsked(autonomy)
    else void set(autonomy)
  }
  return (
    <Popover.Root open={asked !== null} onOpenChange={(open) => !open && setAsked(null)}>
      <Popover.Anchor asChild>
        <fieldset className="auto" aria-label="Autonomy of this zone">
          {CHOICES.map((each) => (
            <button
              key={each}
              type="button"
              aria-pressed={each === policy.autonomy}
              className={each === policy.autonomy ? 'on' : ''}
              title={AUTONOMY[each].means}
              onClick={() => choose(each)}
            >
              {autonomyWord(each, each === policy.autonomy ? vetoWindowS : undefined)}
            </button>
          ))}
        </fieldset>
      </Popover.Anchor>
      <Popover.Portal>
        <Popover.Content className="pop" align="start" sideOffset={6} aria-label="Let the planner do more">
          {asked && <Confirm autonomy={asked} onYes={() => void set(asked)} onNo={() => setAsked(null)} />}
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  )
}

function Confirm({ autonomy, onYes, onNo }: { autonomy: Autonomy; onYes: () => void; onNo: () => void }) {
  const waiting = useConsoleState((s) => countWaiting(s.orders))
  const { word, means } = AUTONOMY[autonomy]
  return (
    <>
      <b>{word}?</b>
      <p className="ink2">{means}</p>
      <p className="ink2">
        {waiting} {waiting === 1 ? 'order waits' : 'orders wait'} for a driver now. Held and pinned orders stay as they are.
      </p>
      <div className="popacts">
        <button type="button" className="btn" onClick={onNo}>
          Cancel <kbd className="kbd">Esc</kbd>
        </button>
        {/* oxlint-disable-next-line jsx-a11y/no-autofocus -- Enter confirms what was just asked for */}
        <button type="button" className="btn pri" autoFocus onClick={onYes}>
          {word} <kbd className="kbd">Enter</kbd>
        </button>
      </div>
    </>
  )
}

function countWaiting(orders: ReadonlyMap<string, { delivery: string; endedAtMs: number | null }>): number {
  let count = 0
  for (const order of orders.values()) if (order.endedAtMs === null && order.delivery === 'waiting') count++
  return count
}
