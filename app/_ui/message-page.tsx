import type { ReactNode } from 'react'
import { Logo } from './logo'
import classes from './message-page.module.css'

/** A page that only says something: what happened and what to do next. */
export function MessagePage({ title, text, action }: { title: string; text: ReactNode; action: ReactNode }) {
  return (
    <div className={classes.page}>
      <span className={classes.logo}>
        <Logo size={40} />
      </span>
      <h1 className={classes.title}>{title}</h1>
      <p className={classes.text}>{text}</p>
      <div>{action}</div>
    </div>
  )
}
