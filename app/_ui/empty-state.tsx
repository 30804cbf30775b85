import type { ReactNode } from 'react'
import classes from './empty-state.module.css'

type Props = { icon: ReactNode; title: string; children?: ReactNode; action?: ReactNode; compact?: boolean }

/** What belongs here and the first step towards it, with the button that takes it. */
export function EmptyState({ icon, title, children, action, compact = false }: Props) {
  return (
    <div className={compact ? `${classes.empty} ${classes.compact}` : classes.empty}>
      <div className={classes.icon}>{icon}</div>
      <p className={classes.title}>{title}</p>
      {children && <div className={classes.text}>{children}</div>}
      {action && <div className={classes.action}>{action}</div>}
    </div>
  )
}
