import classes from './status.module.css'

type Props = {
  points: { at: number; value: number | null }[]
  /** The value at the top; without one, the largest. */
  top?: number
  now: number
  label: string
}

const width = 100
const height = 32
const hourMs = 60 * 60_000
/** Points that are further apart than this had no reading between them, so that no line joins them. */
const gapMs = 50_000

/** The last hour as a small chart: now is at the right. */
export function Sparkline({ points, top, now, label }: Props) {
  const known = points.filter((point): point is { at: number; value: number } => point.value !== null)
  const most = top ?? Math.max(1, ...known.map(({ value }) => value))
  const x = (at: number) => width * (1 - (now - at) / hourMs)
  const y = (value: number) => height - 1 - (height - 2) * Math.min(1, value / most)
  const runs: (typeof known)[] = []
  for (const point of known) {
    const run = runs.at(-1)
    if (run && point.at - run.at(-1)!.at <= gapMs) run.push(point)
    else runs.push([point])
  }
  const line = (run: typeof known) => run.map(({ at, value }) => `${x(at).toFixed(2)},${y(value).toFixed(2)}`)
  return (
    <svg
      className={classes.sparkline}
      viewBox={`0 0 ${width} ${height}`}
      preserveAspectRatio="none"
      role="img"
      aria-label={label}
    >
      <line x1={0} x2={width} y1={height - 0.5} y2={height - 0.5} className={classes.base} />
      {runs.map((run) => {
        const [first, last] = [x(run[0]!.at).toFixed(2), x(run.at(-1)!.at).toFixed(2)]
        return (
          <g key={run[0]!.at}>
            <polygon points={`${first},${height} ${line(run).join(' ')} ${last},${height}`} />
            <polyline points={line(run).join(' ')} />
          </g>
        )
      })}
    </svg>
  )
}
