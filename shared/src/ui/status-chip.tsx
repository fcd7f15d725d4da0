import type { OrderStatus } from '../domain/index.ts'

const TONES: Record<OrderStatus, 'open' | 'moving' | 'done' | 'stopped'> = {
  pending: 'open',
  confirmed: 'open',
  preparing: 'open',
  ready_for_pickup: 'open',
  driver_assigned: 'open',
  picked_up: 'moving',
  in_transit: 'moving',
  delivered: 'done',
  cancelled: 'stopped',
}

const SHAPES = {
  open: <circle cx="6" cy="6" r="4" fill="none" stroke="currentColor" strokeWidth="1.75" />,
  moving: <path d="M1.5 2.2 11 6l-9.5 3.8L4 6z" fill="currentColor" />,
  done: <path d="m2 6.5 2.6 2.600L10 3.4" fill="none" stroke="currentColor" strokeWidth="1.75" strokeLinecap="round" />,
  stopped: <path d="m3 3 6 6m0-6-6 6" fill="none" stroke="currentColor" strokeWidth="1.75" strokeLinecap="round" />,
}

/** An order's public status: a shape and a word, never a colour alone. */
export function StatusChip({ status, label }: { status: OrderStatus; label: string }) {
  const tone = TONES[status]
  return (
    <span className={`chip-status ${tone}`}>
      <svg className="g" width="12" height="12" viewBox="0 0 12 12" aria-hidden="true">
        {SHAPES[tone]}
      </svg>
      {label}
    </span>
  )
}
