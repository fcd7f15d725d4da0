import { Dialog } from 'radix-ui'
import { Fragment } from 'react'
import { useConsole, useConsoleState } from '../live/console-context.ts'
import { KEY_GROUPS } from './keys.ts'

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
          <div className="keycols">
            {KEY_GROUPS.map(({ title, keys }) => (
              <section key={title}>
                <h3>{title}</h3>
                <dl>
                  {keys.map(([caps, words]) => (
                    <Fragment key={words}>
                      <dt>
                        {caps.map((cap) =>
                          cap === '–' || cap === 'or' ? (
                            <span key={cap} className="ink3">
                              {cap}
                            </span>
                          ) : (
                            <kbd key={cap} className="kbd">
                              {cap}
                            </kbd>
                          ),
                        )}
                      </dt>
                      <dd>{words}</dd>
                    </Fragment>
                  ))}
                </dl>
              </section>
            ))}
          </div>
          <p className="ink3">
            With the mouse: drag an order from the queue, the map or the timeline to a driver; the cost shows before it is let go.
            A right click on an order has its commands.
          </p>
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  )
}
