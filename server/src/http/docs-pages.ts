import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { routes } from '@doorstep/shared/contract'
import type { Hono } from 'hono'
import type { HttpEnv } from './http-env.ts'
import { API_PREFIX } from './mount.ts'
import { openApiOf } from './openapi.ts'
import { serveFile } from './serve-file.ts'

const require = createRequire(import.meta.url)

const PAGE = `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>Doorstep API</title><link rel="stylesheet" href="/docs/swagger-ui.css"></head>
<body><div id="api"></div><script src="/docs/swagger-ui-bundle.js"></script><script src="/docs/start.js"></script></body></html>`

const START = `SwaggerUIBundle({ url: '/docs/openapi.json', dom_id: '#api', deepLinking: true, validatorUrl: null, filter: true })`

const FILES: Record<string, string> = {
  'swagger-ui.css': 'text/css; charset=utf-8',
  'swagger-ui-bundle.js': 'text/javascript; charset=utf-8',
}

const escapeHtml = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;')

/** docs/errors.md as a page: its headings are the codes, which problems link to. */
function errorsPage(markdown: string): string {
  const blocks = markdown.split(/\n{2,}/).map((block) => {
    const heading = /^(#{1,2}) (.+)$/.exec(block.trim())
    if (heading?.[1] === '#') return `<h1>${escapeHtml(heading[2]!)}</h1>`
    if (heading) return `<h2 id="${heading[2]!.replaceAll('`', '')}">${escapeHtml(heading[2]!.replaceAll('`', ''))}</h2>`
    return `<p>${escapeHtml(block).replaceAll(/`([^`]+)`/g, '<code>$1</code>')}</p>`
  })
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>Doorstep: errors</title><style>:root{color-scheme:light dark}body{font:16px/1.5 system-ui;max-width:44rem;margin:2rem auto;padding:0 1rem}</style></head>
<body>${blocks.join('\n')}</body></html>`
}

/** Serves the API's documentation: OpenAPI, a page to read it by, and what each error means. All of it is our own. */
export function mountDocs(app: Hono<HttpEnv>, options: { version: string; cookie: string; docsFolder: string }): void {
  const swagger = dirname(require.resolve('swagger-ui-dist/package.json'))
  let document: string | undefined
  app.get('/docs', (c) => c.html(PAGE))
  app.get('/docs/openapi.json', (c) => {
    document ??= JSON.stringify(openApiOf(routes, { ...options, prefix: API_PREFIX }))
    return c.body(document, 200, { 'content-type': 'application/json' })
  })
  app.get('/docs/start.js', (c) => c.body(START, 200, { 'content-type': 'text/javascript; charset=utf-8' }))
  for (const [name, type] of Object.entries(FILES)) {
    app.get(`/docs/${name}`, (c) => serveFile(c, join(swagger, name), type, 'public, max-age=86400'))
  }
  app.get('/docs/errors', async (c) => c.html(errorsPage(await readFile(join(options.docsFolder, 'errors.md'), 'utf8'))))
}
