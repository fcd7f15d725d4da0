import { contextBridge, ipcRenderer } from 'electron'
import { z } from 'zod'
import { exposeBridge } from './expose-bridge.ts'

// The page's policy forbids making code from text, which zod would otherwise try.
z.config({ jitless: true })

const { location } = globalThis as unknown as { location: { protocol: string; host: string } }
exposeBridge({ contextBridge, ipcRenderer }, `${location.protocol}//${location.host}`)
