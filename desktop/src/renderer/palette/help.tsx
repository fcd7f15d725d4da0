import { Dialog } from 'radix-ui'
import { Fragment } from 'react'
import { useConsole, useConsoleState } from '../live/console-context.ts'

const KEYS: [keys: string[], words: string][] = [
  [['J', 'K'], 'next and previous order in the queue; arrow keys do the same'],
  [['Enter'], 'to the inspector of the selected order'],
  [['A'], 'drivers ranked for the order'],
  [['1', '–', '5'], 'give it to that driver, while they are on screen'],
  [['U'], 'take it from its driver'],
  [['Z'], 'take the last command back, while that is possible'],
  [['/'], 'find in the queue'],
  [['Ctrl', 'K'], 'find or do anything'],
  [['[', ']'], 'timeline earlier and later'],
  [['F'], 'bring the selection into view on the map'],
  [['Esc'], 'close, clear, unselect'],
  [['?'], 'this page'],
]

/** Every key of the console. */
export function Help() {
  const { actions } = useConsole()
  const isOpen = useConsoleState((s) => s.overlay === 'help')
  return (
    <Dialog.Root open={isOpen} onOpenChange={(open) => actions.show(open ? 'help' : null)}>
      <Dialog.Portal>
        <Dialog.Overlay className="scrim" />
        <Dialog.Content className="float help" aria-describedby={undefined}>
          <Dialog.Title asChild>
            <h2>Everything without the mouse</h2>
          </Dialog.Title>
          <dl>
            {KEYS.map(([keys, words]) => (
              <Fragment key={words}>
                <dt>
                  {keys.map((key) =>
                    key === '–' ? (
                      key
                    ) : (
                      <kbd key={key} className="kbd">
                        {key}
                      </kbd>
                    ),
                  )}
                </dt>
                <dd>{words}</dd>
              </Fragment>
            ))}
          </dl>
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  )
}
