import { LogOut, Volume2 } from 'lucide-react'
import { Sheet } from '../../kit/index.ts'
import { useMerchant, useMerchantView } from '../merchant-context.ts'
import { words } from '../words.ts'

const ICON = { size: 20, strokeWidth: 1.75, 'aria-hidden': true } as const

/** Who is signed in on this tablet, and its sound. */
export function TabletSheet({ onClose }: { onClose: () => void }) {
  const { core, actions } = useMerchant()
  const name = useMerchantView((view) => view.me?.name)
  const test = async () => {
    await core.sounds.unlock()
    core.sounds.play('new')
  }
  return (
    <Sheet title={words.settings.title} onClose={onClose}>
      <div className="form">
        {name && <p className="ink2">{words.settings.signedInAs(name)}</p>}
        <button type="button" className="tb line" onClick={() => void test()}>
          <Volume2 {...ICON} />
          {words.settings.testSound}
        </button>
        <button type="button" className="tb line" onClick={() => void actions.signOut()}>
          <LogOut {...ICON} />
          {words.signOut}
        </button>
      </div>
    </Sheet>
  )
}
