import { useDriver, useDriverView } from '../driver-context.ts'
import { words } from '../words.ts'

/** In a demo, for a device that does not move: the app rides the route by itself, and says that it is made up. */
export function DemoRide() {
  const { positions } = useDriver()
  const isDemo = useDriverView((view) => view.about?.isDemo ?? false)
  const source = useDriverView((view) => view.source)
  const isDriven = useDriverView((view) => view.isDrivenForMe)
  const place = useDriverView((view) => view.fix ?? view.state?.place ?? view.about?.city.centre)
  if (!isDemo || !place) return null
  const toggle = () => {
    if (source !== 'demo') positions.useDemo(place)
    positions.driveForMe(!isDriven)
  }
  return (
    <div className="notice demo">
      <p className="row">
        <span className="grow b">{isDriven ? words.demo.driving : words.demo.place}</span>
        <button type="button" className="tb line" aria-pressed={isDriven} onClick={toggle}>
          {isDriven ? words.demo.stop : words.demo.drive}
        </button>
      </p>
      <p className="sm ink2">{isDriven ? words.demo.drivingText : words.demo.driveText}</p>
    </div>
  )
}
