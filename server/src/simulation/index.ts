// The simulation: drivers, kitchens and customers of a demo as ordinary API clients in a process of their own
// (`main.ts`), which knows no more than the server's address. The door holds what the demo's past shares with it.
export { demandAt } from './demand.ts'
export { demoEmail } from './demo-email.ts'
