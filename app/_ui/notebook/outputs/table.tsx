import { useState } from 'react'
import type { TableOutput } from '../../../../lib/protocol/mime'
import { bytes, count, plural } from '../format'
import classes from './table.module.css'

const pageRows = 25

/** The first rows of a table, 25 at a time, with the types of its columns. */
export function DataTable({ table }: { table: TableOutput }) {
  const { rows, columns, head, bytes: size } = table
  const [page, setPage] = useState(0)
  const pages = Math.max(1, Math.ceil(head.length / pageRows))
  const at = Math.min(page, pages - 1)
  const shown = head.slice(at * pageRows, (at + 1) * pageRows)
  return (
    <div className={classes.frame} data-testid="table">
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by key */}
      <section className={classes.scroll} tabIndex={0} aria-label="Table">
        <table>
          <thead>
            <tr>
              <th className={classes.index} aria-label="Row" />
              {columns.map(({ name, type, nulls }, i) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: two columns may have one name
                <th key={i} scope="col" data-number={isNumeric(type) || undefined}>
                  <span className={classes.name}>{name}</span>
                  <span className={classes.type}>
                    {type}
                    {nulls ? ` · ${plural(nulls, 'null')}` : ''}
                  </span>
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {shown.map((row, i) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: rows have no other name than their place
              <tr key={at * pageRows + i}>
                <th scope="row" className={classes.index}>
                  {count(at * pageRows + i + 1)}
                </th>
                {columns.map(({ type }, j) => (
                  // biome-ignore lint/suspicious/noArrayIndexKey: cells have no other name than their column
                  <td key={j} data-number={isNumeric(type) || undefined}>
                    <Value value={row[j] ?? null} />
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </section>
      <footer className={classes.footer}>
        <span>
          {plural(rows, 'row')}, {plural(columns.length, 'column')}
          {size !== undefined && `, ${bytes(size)}`}
        </span>
        {pages > 1 && (
          <span className={classes.pager}>
            <button
              type="button"
              disabled={at === 0}
              onClick={() => setPage(at - 1)}
              aria-label="Previous rows"
            >
              ‹
            </button>
            <span>
              {count(at * pageRows + 1)}–{count(at * pageRows + shown.length)}
              {rows > head.length && ` of the first ${count(head.length)}`}
            </span>
            <button
              type="button"
              disabled={at === pages - 1}
              onClick={() => setPage(at + 1)}
              aria-label="Next rows"
            >
              ›
            </button>
          </span>
        )}
      </footer>
    </div>
  )
}

const isNumeric = (type: string) =>
  /^(number|int|uint|float|double|bigint|decimal|u?int\d+|float\d+)/i.test(type)

function Value({ value }: { value: string | number | boolean | null }) {
  if (value === null) return <span className={classes.null}>null</span>
  if (typeof value === 'number') return number(value)
  const text = String(value)
  return text.length > 120 ? <span title={text.slice(0, 2000)}>{`${text.slice(0, 120)}…`}</span> : text
}

/** Numbers as they are, without the noise of binary fractions. */
function number(value: number) {
  if (Number.isInteger(value) || !Number.isFinite(value)) return String(value)
  return String(Number(value.toPrecision(10)))
}
