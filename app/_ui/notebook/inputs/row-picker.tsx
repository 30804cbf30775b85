import { Checkbox } from '@mantine/core'
import { useState } from 'react'
import { formatCount } from '../../units'
import { plural } from '../format'
import table from '../outputs/table.module.css'
import type { ControlProps } from './control'
import classes from './inputs.module.css'

const pageRows = 10

/** The rows of a table, to pick from. */
export function RowPicker({ label, name, control, value, disabled, move }: ControlProps<'table'>) {
  const { rows, columns, head, multiple } = control
  const [page, setPage] = useState(0)
  const pages = Math.max(1, Math.ceil(head.length / pageRows))
  const at = Math.min(page, pages - 1)
  const first = at * pageRows
  const picked = new Set(value as number[])
  const isNumeric = columns.map((_, i) => head.some((row) => typeof row[i] === 'number'))
  const toggle = (row: number) => {
    if (!multiple) return move(picked.has(row) ? [] : [row])
    const next = new Set(picked)
    if (!next.delete(row)) next.add(row)
    move([...next])
  }
  return (
    <div className={`${table.frame} ${classes.rows}`}>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by key */}
      <section className={table.scroll} tabIndex={0} aria-label={label}>
        <table>
          <thead>
            <tr>
              <th className={table.index} aria-label="Picked" />
              {columns.map((column, i) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: two columns may have one name
                <th key={i} scope="col" data-number={isNumeric[i] || undefined}>
                  {column}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {head.slice(first, first + pageRows).map((row, i) => (
              <tr
                // biome-ignore lint/suspicious/noArrayIndexKey: rows have no other name than their place
                key={first + i}
                data-picked={picked.has(first + i) || undefined}
                onClick={() => !disabled && toggle(first + i)}
              >
                <td>
                  <Checkbox
                    size="xs"
                    aria-label={`Row ${formatCount(first + i + 1)}`}
                    checked={picked.has(first + i)}
                    disabled={disabled}
                    onClick={(event) => event.stopPropagation()}
                    onChange={() => toggle(first + i)}
                  />
                </td>
                {columns.map((_, j) => (
                  // biome-ignore lint/suspicious/noArrayIndexKey: cells have no other name than their column
                  <td key={j} data-number={isNumeric[j] || undefined}>
                    {row[j] === null ? <span className={table.null}>null</span> : String(row[j])}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </section>
      <footer className={table.footer}>
        <span>
          {plural(picked.size, 'row')} of {formatCount(rows)} in <code>{name}</code>
          {rows > head.length && `; the first ${formatCount(head.length)} can be picked`}
        </span>
        {pages > 1 && (
          <span className={table.pager}>
            <button
              type="button"
              disabled={at === 0}
              onClick={() => setPage(at - 1)}
              aria-label="Previous rows"
            >
              ‹
            </button>
            <span>
              {formatCount(first + 1)}–{formatCount(Math.min(first + pageRows, head.length))}
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
