import '@fontsource-variable/inter/wght.css'
import '@doorstep/shared/styles/tokens.css'
import '@doorstep/shared/styles/base.css'
import '@doorstep/shared/styles/orders.css'
import '../kit/touch.css'
import './customer.css'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { followSystemTheme, startView, ViewContext } from '../kit/index.ts'
import { App } from './app.tsx'
import { resumeAttempt } from './cart/place-order.ts'
import { language } from './words.ts'

const root = document.getElementById('root')
if (!root) throw new Error('The page has no place for the view')
followSystemTheme()
document.documentElement.lang = language
const view = startView('customer', language)
void view.session.load().then(() => resumeAttempt(view))
addEventListener('online', () => void resumeAttempt(view))

createRoot(root).render(
  <StrictMode>
    <ViewContext value={view}>
      <App />
    </ViewContext>
  </StrictMode>,
)
