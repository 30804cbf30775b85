'use client'

import { Skeleton, Text } from '@mantine/core'
import { type ReactNode, useMemo, useRef } from 'react'
import type { Filter } from '../../../../../lib/datasets/explore/filter'
import type { AnswerTo, Figure } from '../../../../../lib/datasets/explore/question'
import { useNear } from '../../../../_ui/notebook/use-near'
import { Card } from '../../../../_ui/page'
import { type Plot, PlotFigure } from '../../../../_ui/plot-figure'
import classes from './explore.module.css'
import { OpenInNotebook } from './open-in-notebook'
import { useAnswer } from './use-answer'

/** How an answer is shown. */
export type Shape = {
  /** Draws at a width; undefined: there is nothing to draw, and `children` say why. */
  draw?: (plot: Plot, width: number) => Element
  height: number
  /** What it shows in a sentence. */
  label: string
  legend?: { name: string; colour: string }[]
  onLegend?: (index: number, adding: boolean) => void
  table: () => ReactNode
  /** Stands below it: counts, notes. */
  children?: ReactNode
  /** For the cells that make it. */
  edges?: { x: readonly number[]; y?: readonly number[] }
}

type Props<F extends Figure> = {
  figure: F
  title: ReactNode
  unit?: string
  /** What is kept free until the answer is there. */
  height: number
  shape: (answer: AnswerTo<F>, figure: F, filters: readonly Filter[]) => Shape
  /** What else the drawing depends on. */
  drawn?: string
}

/** A figure that asks for what it shows once it comes near the screen, and keeps its last answer until the next. */
export function ExploreFigure<F extends Figure>({
  figure,
  title,
  unit,
  height,
  shape,
  drawn = '',
}: Props<F>) {
  const place = useRef<HTMLDivElement>(null)
  const isNear = useNear(place, 400)
  const { answered, problem, isWaiting } = useAnswer(figure, isNear)
  return (
    <div ref={place} className={classes.place} data-waiting={(answered && isWaiting) || undefined}>
      {answered ? (
        <Answered {...answered} title={title} unit={unit} shape={shape} drawn={drawn} problem={problem} />
      ) : (
        <Card>
          <div className={classes.head}>
            <h3>{title}</h3>
            {unit && <span>{unit}</span>}
          </div>
          {problem ? (
            <Text size="sm" role="alert" style={{ minHeight: height }}>
              {problem}
            </Text>
          ) : (
            <Skeleton height={height} aria-label="loading" />
          )}
        </Card>
      )}
    </div>
  )
}

type AnsweredProps<F extends Figure> = Pick<Props<F>, 'figure' | 'title' | 'unit' | 'shape'> & {
  filters: readonly Filter[]
  answer: AnswerTo<F>
  drawn: string
  problem: string | undefined
}

function Answered<F extends Figure>({
  figure,
  filters,
  answer,
  title,
  unit,
  shape,
  drawn,
  problem,
}: AnsweredProps<F>) {
  const { draw, height, label, legend, onLegend, table, children, edges } = shape(answer, figure, filters)
  // Of tens of thousands of dots it is not made at each render.
  const shown = useMemo(() => JSON.stringify([figure, answer, drawn]), [figure, answer, drawn])
  return (
    <PlotFigure
      title={title}
      unit={unit}
      legend={legend}
      onLegend={onLegend}
      label={label}
      height={draw ? height : 0}
      drawn={shown}
      draw={draw ?? (() => document.createElement('span'))}
      actions={<OpenInNotebook figure={figure} filters={filters} edges={edges} />}
      table={table}
    >
      {children}
      {problem && (
        <Text size="sm" role="alert" c="var(--cellar-failed-text)">
          {problem}
        </Text>
      )}
    </PlotFigure>
  )
}
