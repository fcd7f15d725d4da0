import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import react from '@vitejs/plugin-react'
import { defineConfig, type InlineConfig } from 'vite'
import { WEB_DIST, WEB_VIEWS, type WebView } from './views.ts'

/** The repository's root. */
const repository = fileURLToPath(new URL('../..', import.meta.url))

/** How one view is built: a bundle of its own, so that no view carries what another needs. */
export function webViewConfig(view: WebView, outDir = join(repository, WEB_DIST, view)): InlineConfig {
  return {
    configFile: false,
    root: join(repository, WEB_VIEWS[view]),
    base: `/${view}/`,
    publicDir: existsSync(join(repository, WEB_VIEWS[view], 'public')) ? 'public' : false,
    plugins: [react()],
    worker: { format: 'es' },
    build: {
      outDir,
      emptyOutDir: true,
      target: 'es2022',
      assetsInlineLimit: 1024,
      modulePreload: { polyfill: false },
      reportCompressedSize: false,
      chunkSizeWarningLimit: 2500,
    },
  }
}

/** For `vite --config server/web/vite.config.ts --mode driver`: a development server of one view in front of a running node. */
export default defineConfig(({ mode }) => {
  const view = Object.hasOwn(WEB_VIEWS, mode) ? (mode as WebView) : 'customer'
  const node = 'http://127.0.0.1:8080'
  const { configFile: _, ...config } = webViewConfig(view)
  return { ...config, base: '/', server: { proxy: { '/api': { target: node, ws: true }, '/city': node, '/demo': node } } }
})
