/** Runs a task while no other tab of this browser runs one of the same name; alone as it is where browsers have no locks. */
export function aloneInBrowser(name: string): <T>(task: () => Promise<T>) => Promise<T> {
  const locks = (navigator as { locks?: LockManager }).locks
  return (task) => (locks ? (locks.request(name, task) as ReturnType<typeof task>) : task())
}
