import { CloseButton } from '@mantine/core'
import type { ReactNode } from 'react'
import classes from './selection-bar.module.css'

type Props = {
  /** What is selected, for a screen reader. */
  label: string
  count: number
  onClear: () => void
  /** The buttons of what can be done. */
  children: ReactNode
}

/** Above a list: how many of its rows are selected, and what can be done to all of them at once. */
export function SelectionBar({ label, count, onClear, children }: Props) {
  return (
    <div className={classes.bar} role="toolbar" aria-label={label}>
      <span className={classes.count}>{count} selected</span>
      {children}
      <CloseButton size="sm" aria-label="Select nothing" onClick={onClear} />
    </div>
  )
}
