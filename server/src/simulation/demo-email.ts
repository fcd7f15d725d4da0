/** The addresses by which the demo's people sign in; kinds are numbered from 1. */
export const demoEmail = (kind: 'customer' | 'driver' | 'merchant' | 'dispatcher' | 'admin', number = 1): string =>
  `${kind}${number}@demo.doorstep`
