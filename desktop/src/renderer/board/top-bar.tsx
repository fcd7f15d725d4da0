import { ChevronDown, MapPin, Search, SlidersHorizontal } from 'lucide-react'
import { DropdownMenu } from 'radix-ui'
import { useStore } from 'zustand'
import { useConsole, useConsoleState, useZoneTime } from '../live/console-context.ts'
import { isBehind, LINK_WORDS } from '../live/link-state.ts'
import { useTicking } from '../live/tick.ts'
import { AutonomySwitch } from './autonomy-switch.tsx'
import { age, initials } from './format.ts'
import { Glyph } from './glyph.tsx'

/** Where we are, how much the planner decides by itself, find, who is here, the connection and the zone's clock. */
export function TopBar() {
  const { actions } = useConsole()
  return (
    <header className="top">
      <span className="word">Doorstep</span>
      <span className="vr" />
      <ZoneMenu />
      <AutonomySwitch />
      <PolicyButton />
      <AgreementLink />
      <span className="grow" />
      <button type="button" className="find" style={{ width: 212 }} onClick={() => actions.show('palette')}>
        <Search size={14} strokeWidth={1.75} className="i" />
        <span className="grow">Find or do anything</span>
        <kbd className="kbd">Ctrl K</kbd>
      </button>
      <Who />
      <span className="vr" />
      <Connection />
      <Clock />
    </header>
  )
}

function ZoneMenu() {
  const { session } = useConsole()
  const zone = useConsoleState((s) => s.zone)
  const zones = useConsoleState((s) => s.zones)
  const title = zone?.zoneName ?? ''
  if (zones.length < 2) {
    return (
      <span className="zone">
        <MapPin size={14} strokeWidth={1.75} className="i" />
        <span className="b">{title}</span>
      </span>
    )
  }
  return (
    <DropdownMenu.Root>
      <DropdownMenu.Trigger className="zone">
        <MapPin size={14} strokeWidth={1.75} className="i" />
        <span className="b">{title}</span>
        <ChevronDown size={12} strokeWidth={1.75} className="i" />
      </DropdownMenu.Trigger>
      <DropdownMenu.Portal>
        <DropdownMenu.Content className="menu" align="start" sideOffset={4}>
          {zones.map((each) => (
            <DropdownMenu.Item key={each.id} className="mi" onSelect={() => void session.enterZone(each.id)}>
              {each.name}
            </DropdownMenu.Item>
          ))}
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  )
}

/** How often staff chose as the planner would have in the last day; opens which choices differed. */
function AgreementLink() {
  const { actions } = useConsole()
  const agreement = useConsoleState((s) => s.agreement)
  const isShadow = useConsoleState((s) => s.zone?.policy.autonomy === 'shadow')
  if (!agreement || (agreement.choices === 0 && !isShadow)) return null
  const share = agreement.choices === 0 ? '–' : `${Math.round((agreement.same / agreement.choices) * 100)}%`
  return (
    <button type="button" className="ink2 linkish" onClick={() => actions.show('agreement')}>
      Agreement <b>{share}</b>
    </button>
  )
}

function PolicyButton() {
  const { actions } = useConsole()
  const policy = useConsoleState((s) => s.zone?.policy)
  if (!policy) return null
  const words = `Dispatch policy ${policy.name}, version ${policy.version}`
  return (
    <button type="button" className="ib" aria-label={words} title={words} onClick={() => actions.show('policy')}>
      <SlidersHorizontal size={14} strokeWidth={1.75} />
    </button>
  )
}

function Who() {
  const { session, theme } = useConsole()
  const me = useConsoleState((s) => s.me)
  const others = useConsoleState((s) => s.others)
  const choice = useStore(theme.store, (s) => s.choice)
  const looking = useConsoleState((s) => lookingAt(s.others, s.orders))
  if (!me) return null
  return (
    <span className="who">
      <DropdownMenu.Root>
        <DropdownMenu.Trigger className="av" aria-label={`${me.name}, menu`} title={`${me.name}, you`}>
          {initials(me.name)}
        </DropdownMenu.Trigger>
        <DropdownMenu.Portal>
          <DropdownMenu.Content className="menu" align="end" sideOffset={6}>
            <div className="mi ink3">{me.email}</div>
            <hr />
            {(['system', 'light', 'dark'] as const).map((each) => (
              <DropdownMenu.Item key={each} className="mi" onSelect={() => theme.choose(each)}>
                {each === 'system' ? 'Theme of the system' : each === 'light' ? 'Light' : 'Dark'}
                {choice === each && <Glyph name="dot" tone="acc" size={8} />}
              </DropdownMenu.Item>
            ))}
            <hr />
            <DropdownMenu.Item className="mi" onSelect={() => void session.signOut()}>
              Sign out
            </DropdownMenu.Item>
          </DropdownMenu.Content>
        </DropdownMenu.Portal>
      </DropdownMenu.Root>
      {others.map((other) => (
        <span key={other.client + other.userId} className="av other" title={other.name}>
          {initials(other.name)}
        </span>
      ))}
      {looking && <span className="ink2 wide">{looking}</span>}
    </span>
  )
}

function lookingAt(
  others: readonly { name: string; orderId: string | null }[],
  orders: ReadonlyMap<string, { number: number }>,
): string {
  const first = others.find((other) => other.orderId && orders.has(other.orderId))
  const number = first?.orderId ? orders.get(first.orderId)?.number : undefined
  return first && number !== undefined ? `${first.name.split(' ')[0]} on #${number}` : ''
}

function Connection() {
  const { tick } = useConsole()
  const link = useConsoleState((s) => s.link)
  const since = useTicking(tick, () => (isBehind(link.state) ? age(performance.now() - link.sinceMs) : ''))
  const tone = link.state === 'live' ? '' : link.state === 'offline' || link.state === 'stale' ? 'bad' : 'wait'
  return (
    <output className="conn">
      <span className={`g ${tone}`}>
        <Glyph name={link.state === 'live' ? 'dot' : 'ring-dashed'} size={link.state === 'live' ? 8 : 10} />
      </span>
      {LINK_WORDS[link.state]}
      <span className="ink3">
        {link.state === 'live' ? (
          link.latencyMs === null ? (
            ''
          ) : (
            <span className="wide">{Math.round(link.latencyMs)} ms</span>
          )
        ) : (
          since
        )}
      </span>
    </output>
  )
}

function Clock() {
  const { clock, tick } = useConsole()
  const { hms } = useZoneTime()
  const zone = useConsoleState((s) => s.zone?.timeZone)
  const text = useTicking(tick, () => (clock.isKnown ? hms(clock.nowMs()) : ''))
  return (
    <time className="clock" title={zone}>
      {text}
    </time>
  )
}
