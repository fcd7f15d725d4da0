import type { FieldName } from './policy-form.ts'

/** A field as it is shown: its name, the unit, and what it does. */
export interface FieldWords {
  field: FieldName
  word: string
  unit: string
  does: string
  options?: readonly [value: string, word: string][]
  /** Only the planner of whole routes uses it. */
  isJoint?: boolean
}

/** Fields that belong together, in the order of the panel. */
export interface FieldGroup {
  title: string
  fields: readonly FieldWords[]
}

const joint = true

const POLICY_GROUPS: readonly FieldGroup[] = [
  {
    title: 'How drivers are chosen and told',
    fields: [
      {
        field: 'name',
        word: 'Planner',
        unit: '',
        does: 'Whole routes for all drivers at once, or the best score for one order at a time.',
        options: [
          ['joint', 'Whole routes, by cost'],
          ['scored-offers', 'One order, by score'],
        ],
      },
      {
        field: 'mode',
        word: 'Drivers are',
        unit: '',
        does: 'Asked, and may decline; or sent outright.',
        options: [
          ['offer', 'asked'],
          ['assign', 'sent'],
        ],
        isJoint: joint,
      },
      { field: 'offerTimeoutS', word: 'An offer stands', unit: 's', does: 'Then the next driver is asked. 5 to 300.' },
      {
        field: 'maxAttempts',
        word: 'Searches',
        unit: '',
        does: 'After so many without a driver, staff and customer are told. 1 to 20.',
      },
      { field: 'retryS', word: 'Between searches', unit: 's', does: 'While nobody is there. 1 to 120.' },
      { field: 'vetoWindowS', word: 'Time to veto', unit: 's', does: 'With “Auto, veto”: how long staff may object. 5 to 120.' },
    ],
  },
  {
    title: 'Limits',
    fields: [
      { field: 'radiusKm', word: 'Radius', unit: 'km', does: 'Drivers farther from the merchant are left out. 0.5 to 50.' },
      {
        field: 'maxOrdersPerDriver',
        word: 'Orders a driver may hold',
        unit: '',
        does: 'On top of each driver’s own limit; empty for that alone.',
      },
      {
        field: 'refuseAfterS',
        word: 'Refuse when later than',
        unit: 's',
        does: 'After the promise, seen when the order comes in; empty never refuses.',
        isJoint: joint,
      },
    ],
  },
  {
    title: 'Bundles',
    fields: [
      {
        field: 'bundling.mode',
        word: 'Orders on one trip',
        unit: '',
        does: 'From which merchants orders may ride together.',
        options: [
          ['none', 'one at a time'],
          ['same_merchant', 'of one merchant'],
          ['nearby_merchants', 'of merchants nearby'],
          ['any', 'any'],
        ],
        isJoint: joint,
      },
      {
        field: 'bundling.maxOrders',
        word: 'At most',
        unit: 'orders',
        does: 'On board at the same time. 1 to 20.',
        isJoint: joint,
      },
      {
        field: 'bundling.withinS',
        word: 'To a further merchant',
        unit: 's',
        does: 'The ride allowed with food on board. 0 to 1800.',
        isJoint: joint,
      },
    ],
  },
  {
    title: 'What things cost the planner',
    fields: [
      {
        field: 'weights.doorPerMin',
        word: 'A customer’s minute',
        unit: 'cents/min',
        does: 'From placing to the door.',
        isJoint: joint,
      },
      {
        field: 'weights.latePerMin',
        word: 'A late minute',
        unit: 'cents/min',
        does: 'On top, after the promise.',
        isJoint: joint,
      },
      {
        field: 'weights.foodWaitPerMin',
        word: 'Waiting food',
        unit: 'cents/min',
        does: 'On top, ready and not picked up.',
        isJoint: joint,
      },
      {
        field: 'weights.busyPerMin',
        word: 'A driver’s minute',
        unit: 'cents/min',
        does: 'Spent, so that others are not served.',
        isJoint: joint,
      },
      { field: 'weights.ridePerMin', word: 'Riding', unit: 'cents/min', does: 'Each minute on the road.', isJoint: joint },
      {
        field: 'weights.pay',
        word: 'Pay',
        unit: '× pay',
        does: 'What the order adds to the driver’s pay; 1 is its full amount.',
        isJoint: joint,
      },
      {
        field: 'weights.fairness',
        word: 'Fair share',
        unit: 'cents',
        does: 'For each 100% a driver earns above the average.',
        isJoint: joint,
      },
      {
        field: 'weights.decline',
        word: 'A decline',
        unit: 'cents',
        does: 'The time lost, times the chance that the driver declines.',
        isJoint: joint,
      },
    ],
  },
]

/** Everything of a policy that staff set, with words for what each does, in the two columns of the panel. */
export const POLICY_COLUMNS: readonly (readonly FieldGroup[])[] = [
  POLICY_GROUPS.filter((_, i) => i % 2 === 0),
  POLICY_GROUPS.filter((_, i) => i % 2 === 1),
]

/** A field's name in a sentence. */
export const fieldWord = (field: FieldName) =>
  POLICY_GROUPS.flatMap((group) => group.fields).find((each) => each.field === field)?.word ?? field
