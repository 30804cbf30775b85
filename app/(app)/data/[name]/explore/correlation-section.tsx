'use client'

import { MultiSelect, SegmentedControl } from '@mantine/core'
import { useState } from 'react'
import {
  type CorrelationAnswer,
  type Figure,
  type Method,
  mostCorrelated,
} from '../../../../../lib/datasets/explore/question'
import { Section } from '../../../../_ui/page'
import { formatCount } from '../../../../_ui/units'
import { useExploring } from './context'
import { correlationHeight, correlationPlot } from './correlation-plot'
import classes from './explore.module.css'
import { ExploreFigure, type Shape } from './explore-figure'
import { FigureTable } from './figure-table'
import { numbersOf } from './roles'
import type { Choice } from './use-address'

type Props = {
  choices: Record<string, string>
  choose: (choices: Partial<Record<Choice, string>>) => void
}
type Correlation = Extract<Figure, { kind: 'correlation' }>

/** How columns of numbers go together; a press on a cell shows its two columns above. */
export function CorrelationSection({ choices, choose }: Props) {
  const { columns } = useExploring()
  const numbers = numbersOf(columns)
  const [chosen, setChosen] = useState(() => numbers.slice(0, Math.min(12, mostCorrelated)))
  if (numbers.length < 2) return null
  const method: Method = choices.method === 'spearman' ? 'spearman' : 'pearson'
  const show = (x: string, y: string) => {
    if (x === y) return
    choose({ x, y })
    document.getElementById('two-attributes')?.scrollIntoView({ block: 'start' })
  }

  const shape = (answer: CorrelationAnswer, { columns: names, method }: Correlation): Shape => {
    const pairs = names
      .flatMap((a, i) => names.slice(0, i).map((b, j) => ({ a, b, value: answer.matrix[i]![j] ?? null })))
      .sort((p, q) => Math.abs(q.value ?? 0) - Math.abs(p.value ?? 0))
    const [first] = pairs
    const height = correlationHeight(names.length)
    return {
      height,
      label:
        `Correlation matrix of ${names.length} columns (${method === 'pearson' ? 'Pearson' : 'Spearman'})` +
        (first?.value == null ? '' : `; strongest: ${first.a} and ${first.b}, ${first.value.toFixed(2)}`),
      draw: (plot, width) =>
        correlationPlot(plot, { names, matrix: answer.matrix, width, height, press: show }),
      table: () => (
        <FigureTable
          label="Correlation"
          head={['Columns', 'Coefficient']}
          rows={pairs.map(({ a, b, value }) => ({
            key: JSON.stringify([a, b]),
            cells: [`${a} and ${b}`, value === null ? 'none: one is constant' : value.toFixed(4)],
            onPress: () => show(b, a),
          }))}
        />
      ),
      children: answer.sample !== null && (
        <div className={classes.notes}>
          <p>
            Computed from a sample of {formatCount(answer.sample)} of {formatCount(answer.rows)} rows.
          </p>
        </div>
      ),
    }
  }

  return (
    <Section
      title="Correlation"
      description="1: they rise together, −1: one falls as the other rises, 0: neither. Over the rows that have both values; press a cell to see its two columns above."
    >
      <div className={classes.controls}>
        <SegmentedControl
          size="xs"
          aria-label="Coefficient"
          data={[
            { value: 'pearson', label: 'Pearson' },
            { value: 'spearman', label: 'Spearman' },
          ]}
          value={method}
          onChange={(method) => choose({ method })}
        />
        {numbers.length > chosen.length || numbers.length > 4 ? (
          <MultiSelect
            size="xs"
            className={classes.many}
            aria-label="Columns"
            placeholder={chosen.length < mostCorrelated ? 'Add a column' : undefined}
            data={numbers}
            value={chosen}
            maxValues={mostCorrelated}
            onChange={setChosen}
            limit={200}
            searchable
          />
        ) : null}
      </div>
      {chosen.length < 2 ? (
        <p className={classes.hint}>Choose at least two columns.</p>
      ) : (
        <ExploreFigure
          figure={{ kind: 'correlation', columns: chosen, method }}
          title={method === 'pearson' ? 'Pearson’s coefficient' : 'Spearman’s coefficient of ranks'}
          height={correlationHeight(chosen.length)}
          shape={shape}
        />
      )}
    </Section>
  )
}
