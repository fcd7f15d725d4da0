/** Something the palette can do. */
export interface Command {
  id: string
  group: string
  icon: 'order' | 'driver' | 'act' | 'view'
  label: string
  /** To the right, in grey. */
  detail: string
  key?: string
  /** Why it cannot be done now. */
  blocked?: string
  run: () => void
}
