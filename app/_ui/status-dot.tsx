import classes from './status-dot.module.css'

export type Tone = 'good' | 'busy' | 'warn' | 'bad' | 'quiet'

type Props = { tone: Tone; children: React.ReactNode; wrap?: boolean }

/** A coloured dot with its words; the words carry the meaning. `wrap`: they may take several lines. */
export function StatusDot({ tone, children, wrap = false }: Props) {
  return (
    <span className={classes.status} data-tone={tone} data-wrap={wrap || undefined}>
      <span className={classes.dot} aria-hidden />
      <span>{children}</span>
    </span>
  )
}
