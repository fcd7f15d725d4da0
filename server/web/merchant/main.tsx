import '@fontsource-variable/inter/opsz.css'
import '@doorstep/shared/styles/tokens.css'
import '@doorstep/shared/styles/base.css'
import '../kit/touch.css'
import './merchant.css'
import './board/board.css'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { followSystemTheme } from '../kit/index.ts'
import { App } from './app.tsx'
import { MerchantContext } from './merchant-context.ts'
import { startMerchant } from './start-merchant.ts'

const root = document.getElementById('root')
if (!root) throw new Error('The page has no place for the view')
followSystemTheme()

createRoot(root).render(
  <StrictMode>
    <MerchantContext value={startMerchant()}>
      <App />
    </MerchantContext>
  </StrictMode>,
)
