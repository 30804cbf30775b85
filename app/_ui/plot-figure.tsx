'use client'

import { type ReactNode, useEffect, useRef, useState } from 'react'
import { Card } from './page'
import classes from './plot-figure.module.css'

/** The library, which is loaded with the first figure. */
export type Plot = typeof import('@observablehq/plot')

type Props = {
  title: ReactNode
  /** What is drawn, after the title. */
  unit?: string
  legend?: { name: string; colour: string }[]
  /** Makes the legend's names buttons. `adding`: with Shift or Ctrl. */
  onLegend?: (index: number, adding: boolean) => void
  /** What can be done with it, at the right of its title. */
  actions?: ReactNode
  /** What it shows in a sentence: it is a picture then, else only its table is read out. */
  label?: string
  /** Stands below what is drawn. */
  children?: ReactNode
  /** Draws at a width; called again when `drawn` or the width changes. */
  draw: (plot: Plot, width: number) => Element
  /** Stands for all that is drawn: a figure is drawn again when it changes, not when a parent renders. */
  drawn: string
  height: number
  /** The same as text, for who cannot see it; a function is called once somebody wants it. */
  table: ReactNode | (() => ReactNode)
}

/** A figure of Observable Plot with its title, its legend, and its figures as a table. */
export function PlotFigure({
  title,
  unit,
  legend = [],
  onLegend,
  actions,
  label,
  draw,
  drawn,
  height,
  table,
  children,
}: Props) {
  const place = useRef<HTMLDivElement>(null)
  const [isOpen, setOpen] = useState(false)
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
              {legend.map(({ name, colour }, i) => {
                const shown = (
                  <>
                    <i style={{ background: colour }} aria-hidden />
                    {name}
                  </>
                )
                return (
                  <li key={name}>
                    {onLegend ? (
                      <button
                        type="button"
                        onClick={(event) => onLegend(i, event.shiftKey || event.metaKey || event.ctrlKey)}
                        title={`Only ${name}`}
                      >
                        {shown}
                      </button>
                    ) : (
                      shown
                    )}
                  </li>
                )
              })}
            </ul>
          )}
          {actions && <div className={classes.actions}>{actions}</div>}
        </figcaption>
        <div
          ref={place}
          className={classes.plot}
          style={{ minHeight: height }}
          {...(label === undefined ? { 'aria-hidden': true } : { role: 'img', 'aria-label': label })}
        />
        {children}
        <details onToggle={(event) => setOpen(event.currentTarget.open)}>
          <summary>As a table</summary>
          <div className={classes.table}>{typeof table === 'function' ? isOpen && table() : table}</div>
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
