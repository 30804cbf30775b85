import type { ReactNode } from 'react'
import classes from './folded.module.css'

type Props = { summary: ReactNode; open?: boolean; children: ReactNode }

/** Details that are opened by a press on what sums them up. */
export function Folded({ summary, open, children }: Props) {
  return (
    <details className={classes.folded} open={open}>
      <summary>{summary}</summary>
      {children}
    </details>
  )
}

/** What a process printed, as it is. */
export function Log({ children }: { children: string }) {
  return <pre className={classes.log}>{children}</pre>
}
