import { TIP_MAX_MINOR } from '@doorstep/shared/domain'
import { useId, useState } from 'react'
import { parseAmount, useFormat } from '../../kit/index.ts'
import { words } from '../words.ts'
import { changeCart } from './cart-store.ts'

/** Two amounts most people choose between, in minor units. */
const PRESETS = [200, 300]

/** None, two presets, or an amount of one's own. */
export function TipPicker({ tipMinor, currency }: { tipMinor: number; currency: string }) {
  const format = useFormat()
  const name = useId()
  const isPreset = tipMinor === 0 || PRESETS.includes(tipMinor)
  const [isOther, setIsOther] = useState(!isPreset)
  const [text, setText] = useState(isPreset ? '' : format.money(tipMinor, currency).replace(/[^\d.,]/g, ''))
  const setTip = (next: number) => changeCart((cart) => ({ ...cart, tipMinor: next }))
  const amount = parseAmount(text, currency)
  const isWrong = isOther && text !== '' && (amount === undefined || amount > TIP_MAX_MINOR)
  const choice = (label: string, isOn: boolean, choose: () => void) => (
    <label key={label} className={`tb ${isOn ? 'on' : ''}`}>
      <input type="radio" className="vh" name={name} checked={isOn} onChange={choose} />
      {label}
    </label>
  )
  return (
    <fieldset className="tip">
      <legend className="vh">{words.cart.tipGroup}</legend>
      <div className="tips">
        {[0, ...PRESETS].map((preset) =>
          choice(preset === 0 ? words.cart.noTip : format.money(preset, currency), !isOther && tipMinor === preset, () => {
            setIsOther(false)
            setTip(preset)
          }),
        )}
        {choice(words.cart.otherTip, isOther, () => setIsOther(true))}
      </div>
      {isOther && (
        <div className="field">
          <label htmlFor={`${name}-own`}>{words.cart.tipAmount}</label>
          <input
            id={`${name}-own`}
            inputMode="decimal"
            autoComplete="off"
            value={text}
            aria-invalid={isWrong}
            aria-describedby={isWrong ? `${name}-wrong` : undefined}
            onChange={(event) => {
              setText(event.target.value)
              const next = event.target.value === '' ? 0 : parseAmount(event.target.value, currency)
              if (next !== undefined && next <= TIP_MAX_MINOR) setTip(next)
            }}
          />
          {isWrong && (
            <p id={`${name}-wrong`} className="sm c-act">
              {words.cart.tipWrong(format.money(TIP_MAX_MINOR, currency))}
            </p>
          )}
        </div>
      )}
    </fieldset>
  )
}
