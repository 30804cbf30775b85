'use client'

import { useEffect, useRef } from 'react'
import { Card } from '../../../../_ui/page'
import classes from './monitoring.module.css'

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
  const place = useRef<HTMLDivElement>(null)
  const drawn = useRef<Omit<Props, 'title' | 'unit'>>(undefined)
  drawn.current = { kind, lines, stepMs, format }
  // Drawn again when the figures change, not when a parent renders.
  const key = JSON.stringify(lines)
  // biome-ignore lint/correctness/useExhaustiveDependencies: `key` stands for what is drawn
  useEffect(() => {
    const at = place.current!
    let gone = false
    const draw = async () => {
      const { plotOf } = await import('./plot-of')
      if (gone || !drawn.current || at.clientWidth === 0) return
      at.replaceChildren(plotOf({ ...drawn.current, width: at.clientWidth, height }))
    }
    const observer = new ResizeObserver(() => void draw())
    observer.observe(at)
    return () => {
      gone = true
      observer.disconnect()
    }
  }, [key])
  return (
    <Card>
      <figure className={classes.chart}>
        <figcaption>
          <h3>{title}</h3> <span>{unit}</span>
          {lines.length > 1 && (
            <ul>
              {lines.map(({ name, colour }) => (
                <li key={name}>
                  <i style={{ background: colour }} aria-hidden />
                  {name}
                </li>
              ))}
            </ul>
          )}
        </figcaption>
        <div ref={place} className={classes.plot} style={{ minHeight: height }} aria-hidden />
        <details>
          <summary>As a table</summary>
          <FiguresTable title={title} lines={lines} format={format} />
        </details>
      </figure>
    </Card>
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
