// React pieces that two surfaces show alike: an order's timeline, money, the window of its arrival, its status, and what
// stands where a part of the page broke. They know no words and no time zone: labels and times come in as text.
export { ErrorBoundary } from './error-boundary.tsx'
export { EtaWindow, type EtaWindowProps, windowCells } from './eta-window.tsx'
export { Money } from './money.tsx'
export { type OrderStep, orderSteps, type StepKey } from './order-steps.ts'
export { OrderTimeline, type OrderTimelineProps } from './order-timeline.tsx'
export { StatusChip } from './status-chip.tsx'
