import type { Electron } from './electron-module.ts'

/** Keeps reports of crashes in the folder of crash dumps on this machine; nothing is sent to anybody. */
export function keepCrashReports({ crashReporter }: Pick<Electron, 'crashReporter'>): void {
  crashReporter.start({ uploadToServer: false, productName: 'Doorstep', compress: true })
}

/** Crashes of one window in a row after which it is left alone. */
const MOST_RELOADS = 3
const CALM_MS = 60_000

/** Loads a window again whose page has crashed, unless it keeps crashing. */
export function reviveCrashedPages({ app }: Pick<Electron, 'app'>, nowMs: () => number, say: (line: string) => void): void {
  const crashes = new WeakMap<object, number[]>()
  app.on('render-process-gone', (_event, contents, { reason }) => {
    if (reason === 'clean-exit' || reason === 'killed') return
    const recent = [...(crashes.get(contents) ?? []).filter((atMs) => nowMs() - atMs < CALM_MS), nowMs()]
    crashes.set(contents, recent)
    say(`a window's page has ended: ${reason}`)
    if (recent.length <= MOST_RELOADS) contents.reload()
  })
}
