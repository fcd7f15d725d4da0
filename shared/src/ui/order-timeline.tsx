import type { OrderStep } from './order-steps.ts'

/** What a timeline shows; words and times are the surface's own. */
export interface OrderTimelineProps {
  steps: readonly OrderStep[]
  label: string
  labelOf: (step: OrderStep) => string
  timeOf: (step: OrderStep) => string | null
}

/** An order's steps in order; where it is now is marked for the eye and for screen readers. */
export function OrderTimeline({ steps, label, labelOf, timeOf }: OrderTimelineProps) {
  return (
    <ol className="tl" aria-label={label}>
      {steps.map((step) => (
        <li key={step.key} className={step.state} aria-current={step.state === 'now' ? 'step' : undefined}>
          <span className={step.state === 'now' || step.state === 'stopped' ? 'b' : step.state === 'next' ? 'ink2' : ''}>
            {labelOf(step)}
          </span>
          <span className={step.state === 'now' ? '' : 'ink2'}>{timeOf(step)}</span>
        </li>
      ))}
    </ol>
  )
}
