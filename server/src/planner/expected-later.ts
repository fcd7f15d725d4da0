/**
 * When both are there: the expected later of a moment and a ready time that is normally distributed, in seconds. With
 * no uncertainty, or where one is surely later, it is simply the later.
 */
export function expectedLater(time: number, ready: number, sigma: number): number {
  if (sigma <= 0 || ready - time > 4 * sigma) return ready > time ? ready : time
  if (time - ready > 4 * sigma) return time
  const z = (ready - time) / sigma
  return time + sigma * (density(z) + z * cumulative(z))
}

const density = (z: number) => Math.exp(-0.5 * z * z) / Math.sqrt(2 * Math.PI)

/** The normal distribution, logistic approximation of Bowling et al. (2009), error below 0.00014. */
const cumulative = (z: number) => 1 / (1 + Math.exp(-(0.07056 * z * z * z + 1.5976 * z)))
