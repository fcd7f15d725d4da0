import type { WebContents } from 'electron'
import type { ConsoleLink } from '../ipc/contract.ts'
import { tellPage } from './validated-ipc.ts'

/** Deep links on their way to a console that may not be there yet. */
export interface LinkInbox {
  /** Hands a link to a page that follows, or keeps it for the first one that does. */
  put(link: ConsoleLink, page: WebContents | undefined): void
  /** A page follows from now on; answers what waited. */
  follow(page: WebContents): ConsoleLink[]
  /** Pages are loading again and follow nothing until they say so. */
  forgetPages(): void
}

const MOST_WAITING = 20

/** Makes an empty inbox. */
export function createLinkInbox(): LinkInbox {
  let following = new WeakSet<WebContents>()
  let waiting: ConsoleLink[] = []
  return {
    put(link, page) {
      if (page && following.has(page)) tellPage(page, 'link:opened', link)
      else waiting = [...waiting, link].slice(-MOST_WAITING)
    },
    follow(page) {
      following.add(page)
      const links = waiting
      waiting = []
      return links
    },
    forgetPages() {
      following = new WeakSet()
    },
  }
}
