import { fileURLToPath } from 'node:url'
import react from '@vitejs/plugin-react'
import { defineConfig } from 'electron-vite'

const at = (path: string) => fileURLToPath(new URL(path, import.meta.url))

/**
 * Three bundles that need nothing from node_modules at run time: the main process as a module, the preload as CommonJS
 * since a sandboxed one can be nothing else, and the console's page with relative addresses for its own protocol.
 */
export default defineConfig({
  main: {
    build: {
      outDir: at('dist/main'),
      externalizeDeps: { exclude: ['zod'] },
      lib: { entry: at('src/main/main.ts'), formats: ['es'], fileName: () => 'main.js' },
    },
  },
  preload: {
    build: {
      outDir: at('dist/preload'),
      externalizeDeps: false,
      lib: { entry: at('src/preload/preload.ts'), formats: ['cjs'], fileName: () => 'preload.cjs' },
    },
  },
  renderer: {
    root: at('src/renderer'),
    plugins: [react()],
    worker: { format: 'es' },
    build: {
      outDir: at('dist/renderer'),
      target: 'es2022',
      assetsInlineLimit: 1024,
      modulePreload: { polyfill: false },
      reportCompressedSize: false,
      chunkSizeWarningLimit: 2500,
      rolldownOptions: { input: at('src/renderer/index.html') },
    },
  },
})
