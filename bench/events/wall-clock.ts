/** Milliseconds of the machine's monotonic clock: the same in all of its processes, and no clock adjustment moves it. */
export const wallMs = () => Number(process.hrtime.bigint()) / 1e6
