/** Milliseconds since 1970 to the microsecond, comparable between the processes of one machine. */
export const wallMs = () => performance.timeOrigin + performance.now()
