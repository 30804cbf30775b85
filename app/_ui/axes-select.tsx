import { NativeSelect } from '@mantine/core'
import type { ReactNode } from 'react'
import classes from './axes-select.module.css'

type Axis = { label: string; names: string[]; value: string; onChange: (name: string) => void }

/** The title of a scatter plot: which column by which. `children`: before them. */
export function AxesSelect({ first, second, children }: { first: Axis; second: Axis; children?: ReactNode }) {
  return (
    <span className={classes.axes}>
      {children}
      <AxisSelect {...first} />
      by
      <AxisSelect {...second} />
    </span>
  )
}

function AxisSelect({ label, names, value, onChange }: Axis) {
  return (
    <NativeSelect
      size="xs"
      aria-label={label}
      data={names}
      value={value}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  )
}
