import { MapPin } from 'lucide-react'
import { Link } from 'wouter'
import { words } from '../words.ts'

/** For who has not said yet where it should go. */
export function Welcome() {
  return (
    <section className="welcome">
      <p className="big">{words.browse.welcome}</p>
      <Link href="/place" className="tb pri">
        <MapPin size={20} strokeWidth={1.75} aria-hidden />
        {words.place.title}
      </Link>
    </section>
  )
}
