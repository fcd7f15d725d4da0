/** Answers that an unknown driver is credited with, and how many of them are yes: a new driver is not judged by one decline. */
const PRIOR = { answered: 10, accepted: 9 }

/** A driver's acceptance rate, 0 to 1, with a prior so that the first answers do not decide it. */
export function acceptanceRate(driver: { offersAnswered: number; offersAccepted: number }): number {
  return (driver.offersAccepted + PRIOR.accepted) / (driver.offersAnswered + PRIOR.answered)
}
