import '@fontsource-variable/inter/opsz.css'
import '@doorstep/shared/styles/tokens.css'
import '@doorstep/shared/styles/base.css'
import './theme/shell.css'
import './board/exceptions.css'
import './board/queue.css'
import './map/map.css'
import './timeline/timeline.css'
import './inspector/inspector.css'
import './palette/palette.css'
import './policy/policy.css'
import './drag/drag.css'
import './session/sign-in.css'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { App } from './app.tsx'
import { createBrowserBridge } from './bridge.ts'
import { ConsoleContext } from './live/console-context.ts'
import { startConsole } from './live/start-console.ts'

const root = document.getElementById('root')
if (!root) throw new Error('The page has no place for the console')
const { console, live } = startConsole(window, window.doorstep ?? createBrowserBridge(window))

createRoot(root).render(
  <StrictMode>
    <ConsoleContext value={console}>
      <App live={live} />
    </ConsoleContext>
  </StrictMode>,
)
