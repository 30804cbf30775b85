import type { ControlProps } from './control'
import classes from './inputs.module.css'

/** A native range: keys, touch and screen readers come with it. */
export function Slider({ id, control, value, disabled, move }: ControlProps<'slider'>) {
  const { min, max, step } = control
  const part = (Number(value) - min) / (max - min)
  return (
    <div className={classes.slider}>
      <input
        id={id}
        type="range"
        min={min}
        max={max}
        step={step}
        value={Number(value)}
        disabled={disabled}
        style={{ '--part': part } as React.CSSProperties}
        onChange={(event) => move(event.currentTarget.valueAsNumber)}
      />
      <output htmlFor={id}>{shortNumber(Number(value))}</output>
    </div>
  )
}

/** Without the noise of binary fractions. */
const shortNumber = (value: number) => String(Number(value.toPrecision(10)))
