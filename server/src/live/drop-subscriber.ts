import type { ErrorCode } from '@doorstep/shared/contract'
import { AppError } from '../platform/index.ts'
import { encode, type LogSubscription } from './log-subscription.ts'
import type { TopicIndex } from './topic-index.ts'

/** The code with which a room says that a topic is not this reader's; undefined for anything that went wrong. */
export function refusalOf(error: unknown): ErrorCode | undefined {
  return error instanceof AppError && (error.code === 'not_found' || error.code === 'forbidden') ? 'not_found' : undefined
}

/** Takes a topic from a subscriber and tells it. */
export function dropSubscriber(index: TopicIndex, subscription: LogSubscription, code: ErrorCode): void {
  index.remove(subscription)
  const { ref, outbox, state } = subscription
  outbox.force(encode({ type: 'refused', topic: state.topic, ref, code, detail: null }))
}
