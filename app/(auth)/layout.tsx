import type { ReactNode } from 'react'
import { Logo } from '../_ui/logo'
import classes from './auth.module.css'

export default function AuthLayout({ children }: { children: ReactNode }) {
  return (
    <main className={classes.page}>
      <div className={classes.brand}>
        <span className={classes.logo}>
          <Logo size={34} />
        </span>
        Cellar
      </div>
      <div className={classes.card}>{children}</div>
    </main>
  )
}
