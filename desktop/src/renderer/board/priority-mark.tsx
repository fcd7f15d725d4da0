import { MAX_PRIORITY } from '../live/order-command.ts'

const STEPS = Array.from({ length: MAX_PRIORITY }, (_, i) => i + 1)

/** A priority as one to three rising bars; the number stands beside it wherever there is room. */
export function PriorityMark({ priority }: { priority: number }) {
  return (
    <svg className="prio" width="11" height="10" viewBox="0 0 11 10" aria-hidden="true">
      {STEPS.map((step) => (
        <rect
          key={step}
          x={(step - 1) * 4}
          y={9 - step * 3}
          width="2.6"
          height={step * 3}
          rx="0.5"
          fill="currentColor"
          opacity={step <= priority ? 1 : 0.25}
        />
      ))}
    </svg>
  )
}
