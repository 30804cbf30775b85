'use client'

import type { ReactNode } from 'react'
import { formatMeasure } from '../../../../../lib/datasets/explore/describe'
import type { Filter } from '../../../../../lib/datasets/explore/filter'
import type { AttributeAnswer } from '../../../../../lib/datasets/explore/question'
import type { DatasetColumn } from '../../../../../lib/protocol/dataset'
import { formatCount, formatShare } from '../../../../_ui/units'
import { useExploring } from './context'
import classes from './explore.module.css'

/** What is missing, how many values differ, where half of them lie, and what lies far out. */
export function AttributeFacts({ column, answer }: { column: DatasetColumn; answer: AttributeAnswer }) {
  const { press } = useExploring()
  const { rows, missing, nan, infinite, distinct, about, statistics, sample } = answer
  const say = (value: number) => formatMeasure(value, column)
  const link = (filter: Filter, text: ReactNode) => (
    <button type="button" className={classes.fact} onClick={() => press(filter)} title="Only these rows">
      {text}
    </button>
  )
  const isTime = column.type === 'date' || column.type === 'datetime'
  return (
    <dl className={classes.facts}>
      <div>
        <dt>Missing</dt>
        <dd>
          {missing === 0
            ? 'none'
            : link(
                { kind: 'missing', column: column.name },
                `${formatCount(missing)} (${formatShare(missing, rows)})`,
              )}
          {nan > 0 && `, ${formatCount(nan)} NaN`}
          {infinite > 0 && `, ${formatCount(infinite)} infinite`}
        </dd>
      </div>
      {column.type !== 'numbers' && (
        <div>
          <dt>Different</dt>
          <dd>
            {about ? 'about ' : ''}
            {formatCount(distinct)}
          </dd>
        </div>
      )}
      {statistics && (
        <>
          <div>
            <dt>Median</dt>
            <dd>
              {say(statistics.quartiles[1])}
              <span>
                {' '}
                half within {say(statistics.quartiles[0])} to {say(statistics.quartiles[2])}
              </span>
            </dd>
          </div>
          <div>
            <dt>Range</dt>
            <dd>
              {say(statistics.min)} to {say(statistics.max)}
            </dd>
          </div>
          {!isTime && (
            <div>
              <dt>Mean</dt>
              <dd>
                {say(round(statistics.mean))}
                {statistics.deviation !== null && <span> ± {say(round(statistics.deviation))}</span>}
              </dd>
            </div>
          )}
          <div>
            <dt>Outliers</dt>
            <dd>
              <Outliers column={column.name} {...statistics.outliers} say={say} link={link} />
            </dd>
          </div>
        </>
      )}
      {sample !== null && (
        <div>
          <dt>Quartiles</dt>
          <dd>of a sample of {formatCount(sample)} rows</dd>
        </div>
      )}
    </dl>
  )
}

type OutliersProps = {
  column: string
  below: number
  above: number
  low: number
  high: number
  say: (value: number) => string
  link: (filter: Filter, text: ReactNode) => ReactNode
}

function Outliers({ column, below, above, low, high, say, link }: OutliersProps) {
  if (below + above === 0) return 'none'
  const range = { kind: 'range', column, closed: false } as const
  return (
    <>
      {below > 0 && link({ ...range, from: null, to: low }, `${formatCount(below)} below ${say(low)}`)}
      {below > 0 && above > 0 && ', '}
      {above > 0 &&
        link({ ...range, from: nextUp(high), to: null }, `${formatCount(above)} above ${say(high)}`)}
    </>
  )
}

/** Six digits say enough of a mean. */
const round = (value: number) => Number(value.toPrecision(4))

/** The next larger double: a range holds its lower end, an outlier lies above the fence. */
function nextUp(value: number): number {
  const bits = new BigInt64Array(new Float64Array([value]).buffer)
  if (value === 0) return Number.MIN_VALUE
  bits[0] = bits[0]! + (value > 0 ? 1n : -1n)
  return new Float64Array(bits.buffer)[0]!
}
