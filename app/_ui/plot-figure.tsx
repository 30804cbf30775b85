'use client'

import { type ReactNode, useEffect, useRef } from 'react'
import { Card } from './page'
import classes from './plot-figure.module.css'

/** The library, which is loaded with the first figure. */
export type Plot = typeof import('@observablehq/plot')

type Props = {
  title: ReactNode
  /** What is drawn, after the title. */
  unit?: string
  legend?: { name: string; colour: string }[]
  /** Draws at a width; called again when `drawn` or the width changes. */
  draw: (plot: Plot, width: number) => Element
  /** Stands for all that is drawn: a figure is drawn again when it changes, not when a parent renders. */
  drawn: string
  height: number
  /** The same as text, for who cannot see it. */
  table: ReactNode
}

/** A figure of Observable Plot with its title, its legend, and its figures as a table. */
export function PlotFigure({ title, unit, legend = [], draw, drawn, height, table }: Props) {
  const place = useRef<HTMLDivElement>(null)
  const latest = useRef(draw)
  latest.current = draw
  // biome-ignore lint/correctness/useExhaustiveDependencies: `drawn` stands for what is drawn
  useEffect(() => {
    const at = place.current!
    let gone = false
    const paint = async () => {
      const plot = await import('@observablehq/plot')
      if (!gone && at.clientWidth > 0) at.replaceChildren(latest.current(plot, at.clientWidth))
    }
    const observer = new ResizeObserver(() => void paint())
    observer.observe(at)
    return () => {
      gone = true
      observer.disconnect()
    }
  }, [drawn])
  return (
    <Card>
      <figure className={classes.figure}>
        <figcaption>
          <h3>{title}</h3>
          {unit && <span>{unit}</span>}
          {legend.length > 1 && (
            <ul>
              {legend.map(({ name, colour }) => (
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
          <div className={classes.table}>{table}</div>
        </details>
      </figure>
    </Card>
  )
}

/** What the figures of a page have in common. */
export const plotStyle = { background: 'none', color: 'inherit', fontSize: '11px', fontFamily: 'inherit' }

/** Colours of things that are told apart, on light and on dark (Observable's ten). */
export const palette = [
  '#4269d0',
  '#efb118',
  '#ff725c',
  '#6cc5b0',
  '#3ca951',
  '#ff8ab7',
  '#a463f2',
  '#97bbf5',
  '#9c6b4e',
  '#9498a0',
]
