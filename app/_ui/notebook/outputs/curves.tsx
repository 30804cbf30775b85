import { measured } from '../format'
import type { Series } from './metric-groups'
import { axisEnd, niceTicks } from './ticks'
import classes from './training.module.css'

type Props = {
  name: string
  series: Series[]
  epochs: number
  /** `[step, loss]`, drawn faintly behind. */
  batchLoss: [number, number][]
  batches: number | undefined
}

const width = 340
const height = 160
const margin = { top: 10, right: 10, bottom: 22, left: 46 }

/** Curves of one metric over the epochs. */
export function Curves({ name, series, epochs, batchLoss, batches }: Props) {
  const finite = (value: number) => Number.isFinite(value)
  const steps =
    batches ?? (batchLoss.length > 0 ? Math.max(1, batchLoss.at(-1)![0]) / Math.max(1, epochs) : 1)
  const faint = batchLoss
    .filter(([, loss]) => finite(loss))
    .map(([step, loss]) => [step / steps, loss] as const)
  const values = [
    ...series.flatMap(({ values }) => values.filter(finite)),
    ...trim(faint.map(([, loss]) => loss)),
  ]
  const longest = Math.max(0, ...series.map(({ values }) => values.length))
  const lastX = axisEnd(epochs, Math.max(longest, Math.ceil(faint.at(-1)?.[0] ?? 0)))
  const ticks = niceTicks(Math.min(...values), Math.max(...values), 4)
  const [low, high] = [ticks[0] ?? 0, ticks.at(-1) ?? 1]
  const x = (epoch: number) => margin.left + (epoch / lastX) * (width - margin.left - margin.right)
  const y = (value: number) =>
    margin.top +
    (1 - (clamp(value, low, high) - low) / (high - low || 1)) * (height - margin.top - margin.bottom)
  const path = (points: (readonly [number, number])[]) =>
    points.map(([a, b], i) => `${i ? 'L' : 'M'}${x(a).toFixed(1)},${y(b).toFixed(1)}`).join('')
  return (
    <figure className={classes.chart}>
      <figcaption>
        {series.map(({ name, values, validation }) => (
          <span key={name} data-validation={validation || undefined}>
            <i aria-hidden="true" />
            {name} <b>{measured(values.at(-1) ?? Number.NaN)}</b>
          </span>
        ))}
        {series.length === 0 && <span>{name}, by batch</span>}
      </figcaption>
      <svg viewBox={`0 0 ${width} ${height}`} role="img" aria-label={`${name} by epoch`}>
        {ticks.map((tick) => (
          <g key={tick}>
            <line
              className={classes.grid}
              x1={margin.left}
              x2={width - margin.right}
              y1={y(tick)}
              y2={y(tick)}
            />
            <text x={margin.left - 7} y={y(tick) + 3.5} textAnchor="end">
              {measured(tick)}
            </text>
          </g>
        ))}
        {epochTicks(lastX).map((epoch) => (
          <text key={epoch} x={x(epoch)} y={height - 6} textAnchor="middle">
            {epoch}
          </text>
        ))}
        <path className={classes.faint} data-alone={series.length === 0 || undefined} d={path(faint)} />
        {series.map(({ name, values, validation }) => {
          const points = values
            .map((value, i) => [i + 1, value] as const)
            .filter(([, value]) => finite(value))
          const [lastEpoch, lastValue] = points.at(-1) ?? [0, 0]
          return (
            <g key={name} className={classes.series} data-validation={validation || undefined}>
              <path d={path(points)} />
              {points.length > 0 && <circle cx={x(lastEpoch)} cy={y(lastValue)} r={2.6} />}
            </g>
          )
        })}
      </svg>
    </figure>
  )
}

const clamp = (value: number, low: number, high: number) => Math.min(high, Math.max(low, value))

/** The first batches of a training lie far above the rest, and small last ones anywhere; the scale leaves 3 % at each end out. */
function trim(values: number[]) {
  if (values.length < 50) return values
  const sorted = [...values].sort((a, b) => a - b)
  return sorted.slice(Math.ceil(sorted.length * 0.03), Math.floor(sorted.length * 0.97))
}

function epochTicks(last: number) {
  const step = niceTicks(0, last, 5).at(1) ?? 1
  const every = Math.max(1, Math.round(step))
  return Array.from({ length: Math.floor(last / every) + 1 }, (_, i) => i * every)
}
