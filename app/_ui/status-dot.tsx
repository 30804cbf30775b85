import classes from './status-dot.module.css'

export type Tone = 'good' | 'busy' | 'warn' | 'bad' | 'quiet'

/** A coloured dot with its words; the words carry the meaning. */
export function StatusDot({ tone, children }: { tone: Tone; children: React.ReactNode }) {
  return (
    <span className={classes.status} data-tone={tone}>
      <span className={classes.dot} aria-hidden />
      {children}
    </span>
  )
}
