import '@fontsource-variable/inter/opsz.css'
import '@doorstep/shared/styles/tokens.css'
import '@doorstep/shared/styles/base.css'
import '../kit/touch.css'
import './driver.css'
import './map/map.css'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { App } from './app.tsx'
import { DriverContext } from './driver-context.ts'
import { startDriver } from './start-driver.ts'
import { showTheme } from './theme.ts'

const root = document.getElementById('root')
if (!root) throw new Error('The page has no place for the view')
showTheme()
const driver = startDriver()

createRoot(root).render(
  <StrictMode>
    <DriverContext value={driver}>
      <App />
    </DriverContext>
  </StrictMode>,
)
// A service worker rules below its own folder only, so the page stands there too: a reload in a tunnel opens it.
if (location.pathname === '/driver') history.replaceState(null, '', `/driver/${location.search}`)
if ('serviceWorker' in navigator) void navigator.serviceWorker.register('/driver/sw.js')
