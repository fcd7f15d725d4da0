/** A key or combination as its caps stand on a keyboard, and what it does. */
export type KeyWords = [caps: string[], words: string]

/** Every key of the console, as the help shows them. */
export const KEY_GROUPS: readonly { title: string; keys: readonly KeyWords[] }[] = [
  {
    title: 'Find and move',
    keys: [
      [['J', 'K'], 'next and previous order; arrow keys do the same'],
      [['/'], 'find in the queue'],
      [['Ctrl', 'K'], 'find or do anything'],
      [['Enter'], 'to the inspector of what is selected'],
      [['F'], 'bring the selection into view on the map'],
      [['[', ']'], 'timeline earlier and later'],
      [['Esc'], 'close, clear, unmark, unselect'],
      [['?'], 'this page'],
    ],
  },
  {
    title: 'Several orders',
    keys: [
      [['Shift', 'J'], 'mark the next one as well; Shift K the one before'],
      [['Ctrl', 'A'], 'mark all that are shown'],
      [['Shift', 'F10'], 'the menu of the marked orders'],
    ],
  },
  {
    title: 'An order’s driver',
    keys: [
      [['A'], 'drivers ranked for it; on a driver: move the whole route'],
      [['1', '–', '5'], 'that driver of the list'],
      [['P'], 'let only one driver have it'],
      [['U'], 'take it from its driver; with Shift, give a reason'],
      [['H'], 'hold it, or give it back; with Shift, give a reason'],
      [['R'], 'release: neither held nor pinned'],
      [['Z'], 'take the last command back'],
      [['Shift', 'Z'], 'do it again'],
    ],
  },
  {
    title: 'Its time, and proposals',
    keys: [
      [['+', '−'], 'raise and lower its priority'],
      [['X'], 'promise later; then 1, 2, 3 for 5, 10, 15 minutes'],
      [['Y'], 'accept what the planner proposes'],
      [['V'], 'veto it: that driver is left out'],
      [['Enter'], 'accept, while the proposals’ chip is on'],
    ],
  },
]
