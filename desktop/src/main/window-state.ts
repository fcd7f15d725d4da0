import type { BrowserWindow, Rectangle } from 'electron'
import { z } from 'zod'
import { jsonFile } from './json-file.ts'

const state = z.object({
  x: z.number().int(),
  y: z.number().int(),
  width: z.number().int().min(200),
  height: z.number().int().min(200),
  isMaximized: z.boolean(),
  isFullScreen: z.boolean(),
})
/** Where a window was, in device-independent pixels. */
export type WindowState = z.output<typeof state>

/** Where windows were: the first, the second, and so on. */
export interface WindowStates {
  /** How many windows were open when the desktop was left. */
  count(): number
  /** Where the window of this number was, moved onto a display that exists now; undefined when it was never open. */
  restore(index: number, workAreas: readonly Rectangle[]): WindowState | undefined
  /** Keeps where the open windows are, in their order. */
  keep(windows: readonly BrowserWindow[]): void
}

const MOST_WINDOWS = 8

/** Opens the file that remembers windows. */
export function openWindowStates(path: string): WindowStates {
  const file = jsonFile(path, z.array(state).max(MOST_WINDOWS))
  const kept = file.read() ?? []
  return {
    count: () => kept.length,
    restore(index, workAreas) {
      const was = kept[index]
      return was && onScreen(was, workAreas)
    },
    keep(windows) {
      const now = windows.slice(0, MOST_WINDOWS).map(stateOf)
      if (now.length > 0) file.write(now)
    },
  }
}

function stateOf(window: BrowserWindow): WindowState {
  const { x, y, width, height } = window.getNormalBounds()
  return { x, y, width, height, isMaximized: window.isMaximized(), isFullScreen: window.isFullScreen() }
}

/** How much of a window has to lie on a display so that its title bar can be grasped. */
const GRASP_PX = 80

/** Moves a window whose display is gone to the middle of the first one, no larger than that. */
export function onScreen(was: WindowState, workAreas: readonly Rectangle[]): WindowState {
  const isSeen = workAreas.some(
    (area) =>
      was.y >= area.y &&
      was.y <= area.y + area.height - GRASP_PX &&
      was.x + was.width >= area.x + GRASP_PX &&
      was.x <= area.x + area.width - GRASP_PX,
  )
  const [first] = workAreas
  if (isSeen || !first) return was
  const width = Math.min(was.width, first.width)
  const height = Math.min(was.height, first.height)
  const x = first.x + Math.round((first.width - width) / 2)
  const y = first.y + Math.round((first.height - height) / 2)
  return { ...was, x, y, width, height }
}
