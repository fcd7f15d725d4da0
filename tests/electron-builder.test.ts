import { existsSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { Ajv } from 'ajv'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'

const root = join(import.meta.dirname, '..')
const read = (path: string) => readFileSync(join(root, path), 'utf8')
const require = createRequire(import.meta.url)

interface Packaging {
  electronVersion: string
  asar: boolean
  files: string[]
  directories: { app: string; buildResources: string }
  protocols: { schemes: string[] }[]
  electronFuses: Record<string, boolean>
  publish: null
  mac: Record<string, unknown> & { icon: string; entitlements: string; entitlementsInherit: string; hardenedRuntime: boolean }
  win: { icon: string; target: { target: string }[] }
  linux: { icon: string; target: { target: string }[] }
}

const config = parse(read('electron-builder.yml')) as Packaging
const desktop = JSON.parse(read('desktop/package.json')) as Record<string, unknown> & { devDependencies: Record<string, string> }

/** Electron-builder's schema marks functions by a keyword of its own. */
function validator() {
  const ajv = new Ajv({ allErrors: true, strict: false, keywords: ['typeof'] })
  const schema = JSON.parse(readFileSync(require.resolve('app-builder-lib/scheme.json'), 'utf8')) as object
  return ajv.compile(schema)
}

describe('electron-builder.yml', () => {
  it('passes electron-builder’s own schema, which would notice a mistake', () => {
    const validate = validator()
    expect(validate(config), JSON.stringify(validate.errors, null, 2)).toBe(true)
    expect(validate({ ...config, electronFuses: { ...config.electronFuses, runAsNod: false } })).toBe(false)
    expect(validate({ ...config, mac: { ...config.mac, hardenedRuntime: 'yes' } })).toBe(false)
    expect(validate({ ...config, unknown: true })).toBe(false)
  })

  it('packages the very Electron the desktop is developed against', () => {
    expect(config.electronVersion).toBe(desktop.devDependencies['electron'])
  })

  it('builds installers for the three systems', () => {
    const targets = (name: 'mac' | 'win' | 'linux') => (config[name].target as { target: string }[]).map(({ target }) => target)
    expect([targets('win'), targets('mac'), targets('linux')]).toEqual([['nsis'], ['dmg', 'zip'], ['AppImage', 'deb']])
  })

  it('closes every way to run something else with the packaged program', () => {
    expect(config.asar).toBe(true)
    expect(config.electronFuses).toMatchObject({
      runAsNode: false,
      enableNodeOptionsEnvironmentVariable: false,
      enableNodeCliInspectArguments: false,
      enableEmbeddedAsarIntegrityValidation: true,
      onlyLoadAppFromAsar: true,
      enableCookieEncryption: true,
      grantFileProtocolExtraPrivileges: false,
    })
    expect(config.mac.hardenedRuntime).toBe(true)
    expect(config.publish).toBeNull()
  })

  it('names files that exist, and the scheme that the desktop answers', async () => {
    const { SCHEME } = await import('../desktop/src/main/deep-links.ts')
    expect(config.protocols.flatMap(({ schemes }) => schemes)).toEqual([SCHEME])
    expect(desktop['main']).toBe('dist/main/main.js')
    expect(config.files).toEqual(expect.arrayContaining(['dist/**', 'resources/**', 'package.json']))
    const { app, buildResources } = config.directories
    const icons = [config.mac, config.win, config.linux].map(({ icon }) => join(buildResources, icon))
    const resources = ['tray.png', 'trayTemplate.png', 'settings/index.html'].map((name) => join(app, 'resources', name))
    for (const path of [...icons, ...resources, config.mac.entitlements, config.mac.entitlementsInherit])
      expect(existsSync(join(root, path)), path).toBe(true)
  })
})
