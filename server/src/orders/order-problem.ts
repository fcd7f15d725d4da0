import { AppError } from '../platform/index.ts'
import type { AdvanceError } from './advance-order.ts'
import type { PlaceOrderError } from './place-order.ts'

const inBody = (field: string, rule: string, message: string) => ({
  extras: { errors: [{ field: `body.${field}`, rule, message }] },
})

/** What a caller is told when an order cannot be placed. */
export function placeOrderProblem(error: PlaceOrderError): AppError {
  switch (error.kind) {
    case 'no_merchant':
      return new AppError('not_found', 'There is no such merchant.')
    case 'merchant_closed':
      return new AppError('merchant_closed', `${error.name} does not take orders at the moment.`)
    case 'outside_zone':
      return new AppError('outside_zone', undefined, inBody('drop.place', 'inside_zone', 'The merchant does not deliver there.'))
    case 'no_item':
      return new AppError(
        'invalid_input',
        'A line names an item that does not exist.',
        inBody(`lines.${error.line}.itemId`, 'exists', 'There is no such item.'),
      )
    case 'item_of_another_merchant':
      return new AppError(
        'item_of_another_merchant',
        undefined,
        inBody(`lines.${error.line}.itemId`, 'same_merchant', 'All items of an order come from one merchant.'),
      )
    case 'item_unavailable':
      return new AppError(
        'item_unavailable',
        `${error.name} is out of stock.`,
        inBody(`lines.${error.line}.itemId`, 'available', 'This item is out of stock.'),
      )
    case 'price_changed':
      return new AppError(
        'action_not_allowed',
        'The price has changed since it was shown.',
        inBody('expectedTotalMinor', 'current_price', `The total is now ${error.totalMinor} in minor units.`),
      )
  }
}

/** What a caller is told when an order does not move. */
export function advanceProblem(error: AdvanceError): AppError {
  switch (error.kind) {
    case 'not_found':
      return new AppError('not_found', 'There is no such order.')
    case 'unknown_action':
      return new AppError(
        'unknown_action',
        `There is no action "${error.action}".`,
        inBody('action', 'known_action', 'Not an action of an order.'),
      )
    case 'not_for_role':
      return new AppError('forbidden', `Only ${error.allowed.join(', ')} may ${error.action.replaceAll('_', ' ')}.`)
    case 'wrong_state':
      return new AppError(
        'action_not_allowed',
        `${error.action.replaceAll('_', ' ')} is not possible: the ${error.track} is ${error.state.replaceAll('_', ' ')}.`,
      )
    case 'stale_version':
      return new AppError(
        'stale_version',
        `${error.changedBy} changed it (${error.change}); it is at version ${error.version} now.`,
        {
          extras: { version: error.version, changedBy: error.changedBy, change: error.change },
        },
      )
  }
}
