'use client'

import { PlotFigure } from '../../../../_ui/plot-figure'
import classes from './monitoring.module.css'
import { plotOf } from './plot-of'

export type Line = { name: string; colour: string; points: { at: number; value: number | null }[] }

type Props = {
  title: string
  /** What the values are, after the title. */
  unit: string
  /** Bars of several lines stand on one another. */
  kind: 'bars' | 'lines'
  lines: Line[]
  stepMs: number
  format: (value: number) => string
}

const height = 190

/** Lines or bars over time with their legend; the figures are in a table for who cannot see them. */
export function Chart({ title, unit, kind, lines, stepMs, format }: Props) {
  return (
    <PlotFigure
      title={title}
      unit={unit}
      legend={lines}
      height={height}
      drawn={JSON.stringify(lines)}
      draw={(plot, width) => plotOf(plot, { kind, lines, stepMs, format, width, height })}
      table={<FiguresTable title={title} lines={lines} format={format} />}
    />
  )
}

function FiguresTable({ title, lines, format }: Pick<Props, 'title' | 'lines' | 'format'>) {
  const rows = lines[0]!.points
    .map(({ at }, i) => ({ at, values: lines.map(({ points }) => points[i]?.value ?? null) }))
    .filter(({ values }) => values.some((value) => value !== null && value !== 0))
    .reverse()
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by key
    <section className={classes.figures} tabIndex={0} aria-label={`${title}, figures`}>
      <table>
        <thead>
          <tr>
            <th scope="col">From</th>
            {lines.map(({ name }) => (
              <th key={name} scope="col">
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(({ at, values }) => (
            <tr key={at}>
              <th scope="row">
                <time dateTime={new Date(at).toISOString()} suppressHydrationWarning>
                  {new Date(at).toLocaleString(undefined, { dateStyle: 'short', timeStyle: 'short' })}
                </time>
              </th>
              {values.map((value, i) => (
                <td key={lines[i]!.name}>{value === null ? '–' : format(value)}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}
