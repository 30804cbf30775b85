import type { ReactNode } from 'react'
import classes from './page.module.css'

/** A page's column: at most 1,120 px wide, with air around it. */
export function Page({ children, narrow = false }: { children: ReactNode; narrow?: boolean }) {
  return <div className={narrow ? `${classes.page} ${classes.narrow}` : classes.page}>{children}</div>
}

type HeaderProps = { title: ReactNode; description?: ReactNode; actions?: ReactNode; above?: ReactNode }

/** What this is, one sentence about it, and the primary action at the right. */
export function PageHeader({ title, description, actions, above }: HeaderProps) {
  return (
    <header className={classes.header}>
      <div className={classes.titles}>
        {above}
        <h1 className={classes.title}>{title}</h1>
        {description && <p className={classes.description}>{description}</p>}
      </div>
      {actions && <div className={classes.actions}>{actions}</div>}
    </header>
  )
}

type SectionProps = { title: ReactNode; description?: ReactNode; actions?: ReactNode; children: ReactNode }

/** A part of a page under its own heading. */
export function Section({ title, description, actions, children }: SectionProps) {
  return (
    <section className={classes.section}>
      <div className={classes.sectionHead}>
        <div>
          <h2 className={classes.sectionTitle}>{title}</h2>
          {description && <p className={classes.description}>{description}</p>}
        </div>
        {actions}
      </div>
      {children}
    </section>
  )
}

/** A surface with an edge. `flush`: its content reaches the edge, as a table does. */
export function Card({ children, flush = false }: { children: ReactNode; flush?: boolean }) {
  return <div className={flush ? classes.card : `${classes.card} ${classes.padded}`}>{children}</div>
}
