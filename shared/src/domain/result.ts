/** An expected outcome as a value: what a use case returns instead of throwing. */
export type Result<T, E> = { ok: true; value: T } | { ok: false; error: E }

/** Wraps a success. */
export const ok = <T>(value: T): { ok: true; value: T } => ({ ok: true, value })

/** Wraps an expected failure, a union on `kind` at every use. */
export const fail = <E>(error: E): { ok: false; error: E } => ({ ok: false, error })
