'use client'

import classes from './records.module.css'

/** A prediction as a person reads it: named values, or a bar for each number of a list. */
export function Prediction({ value }: { value: unknown }) {
  if (isNumbers(value) && value.length <= 40) return <Bars values={value} />
  if (typeof value === 'object' && value !== null && !Array.isArray(value))
    return (
      <dl className={classes.answer}>
        {Object.entries(value).map(([name, inner]) => (
          <div key={name} className={classes.pair}>
            <dt>{name}</dt>
            <dd>{isNumbers(inner) && inner.length <= 40 ? <Bars values={inner} /> : plain(inner)}</dd>
          </div>
        ))}
      </dl>
    )
  return <p className={classes.single}>{plain(value)}</p>
}

const isNumbers = (value: unknown): value is number[] =>
  Array.isArray(value) && value.length > 1 && value.every((item) => typeof item === 'number')

function plain(value: unknown): string {
  if (typeof value === 'number') return String(Number(value.toPrecision(6)))
  return typeof value === 'string' ? value : JSON.stringify(value)
}

function Bars({ values }: { values: number[] }) {
  const largest = Math.max(...values.map(Math.abs), Number.MIN_VALUE)
  const best = values.indexOf(Math.max(...values))
  return (
    <ol className={classes.bars}>
      {values.map((value, i) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the place in the list is what the bar stands for
        <li key={i} data-best={i === best || undefined}>
          <span>{i}</span>
          <span className={classes.bar}>
            <span style={{ width: `${(100 * Math.abs(value)) / largest}%` }} />
          </span>
          <span>{plain(value)}</span>
        </li>
      ))}
    </ol>
  )
}
