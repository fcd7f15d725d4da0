/** Something about a cluster that the person at the terminal can mend; the message says what. */
export class ClusterError extends Error {}
