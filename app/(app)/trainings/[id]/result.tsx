'use client'

import type { TrainingDetails } from '../../../../lib/protocol/training'
import type { TrainingResult } from '../../../../lib/protocol/training-result'
import { DataTable } from '../../../_ui/data-table'
import { Section } from '../../../_ui/page'
import { formatCount } from '../../../_ui/units'
import { formatNumber } from '../../experiments/format'
import classes from '../trainings.module.css'
import { Clusters } from './clusters'
import { Confusion } from './confusion'
import { Importance } from './importance'
import { Residuals } from './residuals'
import { RocFigure } from './roc-figure'

/** What came of a training: metrics, figures, and what a person should know of it. */
export function Result({ training, result }: { training: TrainingDetails; result: TrainingResult }) {
  const { metrics, notes, clusters, confusion, roc, residuals, importance, coefficients, rows } = result
  const of = rows.test > 0 ? `Of ${formatCount(rows.test)} rows that it had not seen.` : undefined
  return (
    <>
      <Section title="Result" description={training.target === null ? undefined : of}>
        <dl className={classes.metrics}>
          {metrics.map(({ name, value }) => (
            <div key={name} className={classes.metric}>
              <dt>{name}</dt>
              <dd>{formatNumber(value)}</dd>
            </div>
          ))}
          {clusters && (
            <div className={classes.metric}>
              <dt>iterations</dt>
              <dd>{formatCount(clusters.iterations)}</dd>
            </div>
          )}
        </dl>
      </Section>
      {notes.length > 0 && (
        <Section title="Worth knowing">
          <ul className={classes.notes}>
            {notes.map((note) => (
              <li key={note}>{note}</li>
            ))}
          </ul>
        </Section>
      )}
      {clusters && <Clusters clusters={clusters} />}
      {(confusion || residuals || importance.length > 0) && (
        <Section title="Figures">
          <div className={classes.figures}>
            {confusion && <Confusion {...confusion} />}
            {roc && <RocFigure points={roc} of={String(confusion?.classes[1] ?? 'the second class')} />}
            {residuals && <Residuals residuals={residuals} target={training.target ?? ''} />}
            {importance.length > 0 && (
              <Importance importance={importance} isClass={confusion !== undefined} />
            )}
          </div>
        </Section>
      )}
      {coefficients && (
        <Section
          title="Coefficients"
          description="For one standard deviation of each column, so that they can be compared."
        >
          <DataTable
            label="Coefficients"
            rows={coefficients.rows}
            rowKey={({ name }) => name}
            maxHeight={420}
            columns={[
              { key: 'name', title: 'Column', value: ({ name }) => name, render: ({ name }) => name },
              ...coefficients.outputs.map((output, i) => ({
                key: `output ${output}`,
                title: output,
                numeric: true,
                value: ({ values }: { values: number[] }) => values[i] ?? null,
                render: ({ values }: { values: number[] }) => formatNumber(values[i] ?? Number.NaN),
              })),
            ]}
          />
        </Section>
      )}
    </>
  )
}
