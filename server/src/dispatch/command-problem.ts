import { advanceProblem } from '../orders/index.ts'
import { AppError } from '../platform/index.ts'
import type { CommandError } from './command-step.ts'

/** What staff are told when a command was refused. */
export function commandProblem(error: CommandError): AppError {
  switch (error.kind) {
    case 'unknown_driver':
      return new AppError('not_found', 'There is no such driver in this zone.')
    case 'driver_offline':
      return new AppError('driver_offline', `${error.name} is not online.`)
    case 'already_has_it':
      return new AppError('action_not_allowed', `${error.name} has this order already.`)
    case 'no_change':
      return new AppError('action_not_allowed', error.why)
    case 'no_proposal':
      return new AppError('action_not_allowed', 'Nothing is proposed for this order.')
    case 'unknown_command':
      return new AppError('not_found', 'There is no such command.')
    case 'already_undone':
      return new AppError('action_not_allowed', 'It has been taken back already.')
    case 'too_late_to_undo':
      return new AppError(
        'action_not_allowed',
        `It cannot be taken back any more: the order is ${error.change.replaceAll('_', ' ')}.`,
      )
    default:
      return advanceProblem(error)
  }
}
