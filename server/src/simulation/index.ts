// The simulation: drivers, kitchens and customers of a demo as ordinary API clients in a process of their own
// (`main.ts`), which knows no more than the server's address. The door holds what the demo's past shares with it, and
// what its people decide, which is pure: benches let the same people act without a server.
export { between, pick, rngOf } from './chance.ts'
export { changesMindAfterMs, chooseMerchant, chooseOrder, ORDERS_WITHIN } from './customers/choose-order.ts'
export { findAddress } from './customers/find-address.ts'
export { isWanted, orderGapMs } from './customers/order-gap.ts'
export { demandAt } from './demand.ts'
export { demoEmail } from './demo-email.ts'
export { answerOffer, pickinessOf } from './drivers/answer-offer.ts'
export { makeDriver } from './drivers/made-driver.ts'
export { type Move, nextMove } from './drivers/next-move.ts'
export { driftBack, paceOfLeg } from './drivers/pace.ts'
export { decideHabits, type KitchenHabits, prepMinutes } from './kitchens/kitchen-habits.ts'
export { type KitchenStep, kitchenStep } from './kitchens/kitchen-step.ts'
export { placeAround } from './riding/around.ts'
export { createTaskQueue, type Task } from './task-queue.ts'
