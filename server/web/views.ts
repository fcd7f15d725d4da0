/** The views that the server shows, and where the sources of each are, from the repository's root. */
export const WEB_VIEWS = {
  customer: 'server/web/customer',
  driver: 'server/web/driver',
  merchant: 'server/web/merchant',
  console: 'desktop/src/renderer',
} as const
export type WebView = keyof typeof WEB_VIEWS

/** Where the server finds the built views: `<view>/index.html`, and `<view>/assets/` with a hash in each name. */
export const WEB_DIST = 'server/web/dist'
