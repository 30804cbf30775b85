import type { ColumnSummary } from '../../../../../lib/protocol/tables'
import { formatCount } from '../../../units'
import { plural } from '../../format'
import classes from './histogram.module.css'
import { rangeText } from './range-text'
import type { Summary } from './use-summaries'

type Props = { summary: Summary | undefined; type: string }

const height = 24

/** What a column holds, in one line's height: bars of its range, or the shares of its most frequent values. */
export function Histogram({ summary, type }: Props) {
  if (!summary) return <div className={classes.frame} data-empty />
  const { rows, range, top, distinct, capped } = summary
  return (
    <div className={classes.frame}>
      {range ? (
        <Bars {...range} type={type} />
      ) : top && isTelling(top, rows) ? (
        <Shares top={top} rows={rows} />
      ) : (
        <div className={classes.none} />
      )}
      <div className={classes.caption}>
        {range ? rangeText(range, type) : `${capped ? 'over ' : ''}${formatCount(distinct)} distinct`}
      </div>
    </div>
  )
}

/** Of thousands of names that come twice a picture would say nothing. */
const isTelling = (top: Top, rows: number) =>
  top.reduce((sum, { count }) => sum + count, 0) >= rows * leastShare
const leastShare = 0.05
type Top = NonNullable<ColumnSummary['top']>

function Bars({ bins, min, max, type }: { bins: number[]; min: number; max: number; type: string }) {
  const most = Math.max(...bins, 1)
  const width = 100 / bins.length
  const part = (max - min) / bins.length
  return (
    <svg className={classes.bars} viewBox={`0 0 100 ${height}`} preserveAspectRatio="none" aria-hidden="true">
      {bins.map((rows, i) => {
        const tall = rows === 0 ? 0 : Math.max(1, (rows / most) * height)
        const range = { min: min + i * part, max: min + (i + 1) * part }
        return (
          // biome-ignore lint/suspicious/noArrayIndexKey: bars have no other name than their place
          <g key={i}>
            <rect className={classes.ground} x={i * width} y={0} width={width} height={height}>
              <title>{`${rangeText(range, type)}: ${plural(rows, 'row')}`}</title>
            </rect>
            <rect
              className={classes.bar}
              x={i * width + width * 0.06}
              y={height - tall}
              width={width * 0.88}
              height={tall}
            />
          </g>
        )
      })}
    </svg>
  )
}

function Shares({ top, rows }: { top: Top; rows: number }) {
  return (
    <div className={classes.shares}>
      {top.map(({ value, count: times }, i) => (
        <span
          // biome-ignore lint/suspicious/noArrayIndexKey: in the order of their number
          key={i}
          className={classes.share}
          style={{ width: `${(100 * times) / Math.max(1, rows)}%`, opacity: 1 - i * 0.16 }}
          title={`${value}: ${plural(times, 'row')}`}
        >
          {String(value)}
        </span>
      ))}
    </div>
  )
}
