import { LogOut, Moon, Sun, Wallet } from 'lucide-react'
import { Link } from 'wouter'
import { Sheet } from '../../kit/index.ts'
import { useDriver, useDriverView } from '../driver-context.ts'
import { useDriverTheme } from '../theme.ts'
import { words } from '../words.ts'

const ICON = { size: 20, strokeWidth: 1.75, 'aria-hidden': true } as const

/** What is not needed while riding: earnings, the look, signing out. */
export function MenuSheet({ onClose }: { onClose: () => void }) {
  const { actions } = useDriver()
  const name = useDriverView((view) => view.me?.name)
  const { theme } = useDriverTheme()
  const other = theme === 'dark' ? 'light' : 'dark'
  return (
    <Sheet title={words.menu} onClose={onClose}>
      <div className="form">
        {name && <p className="ink2">{words.settings.signedInAs(name)}</p>}
        <Link href="~/driver/earnings" className="tb line" onClick={onClose}>
          <Wallet {...ICON} />
          {words.earnings.title}
        </Link>
        <button type="button" className="tb line" onClick={() => useDriverTheme.setState({ theme: other })}>
          {other === 'light' ? <Sun {...ICON} /> : <Moon {...ICON} />}
          {words.settings.theme}: {words.settings[other]}
        </button>
        <button type="button" className="tb line" onClick={() => void actions.signOut()}>
          <LogOut {...ICON} />
          {words.settings.signOut}
        </button>
      </div>
    </Sheet>
  )
}
