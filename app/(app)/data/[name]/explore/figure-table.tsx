'use client'

import { Anchor } from '@mantine/core'
import type { ReactNode } from 'react'
import classes from './explore.module.css'

type Props = {
  label: string
  head: string[]
  rows: {
    key: string
    cells: ReactNode[]
    /** Leaves only these rows; what a press in the figure does. */
    onPress?: () => void
    isPressed?: boolean
  }[]
  /** How many there are, where these are the first of them. */
  of?: number
}

/** What a figure shows, as a table: its first column names each row. */
export function FigureTable({ label, head, rows, of = rows.length }: Props) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by key
    <section className={classes.table} tabIndex={0} aria-label={`${label}, as a table`}>
      <table>
        <thead>
          <tr>
            {head.map((title) => (
              <th key={title} scope="col">
                {title}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(({ key, cells: [name, ...cells], onPress, isPressed }) => (
            <tr key={key}>
              <th scope="row">
                {onPress ? (
                  <Anchor
                    component="button"
                    type="button"
                    inherit
                    onClick={onPress}
                    aria-pressed={isPressed}
                    title={isPressed ? 'Take the filter back' : 'Only these rows'}
                  >
                    {name}
                  </Anchor>
                ) : (
                  name
                )}
              </th>
              {cells.map((cell, i) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: cells of one row have no other name
                <td key={i}>{cell}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      {of > rows.length && (
        <p>
          The first {rows.length.toLocaleString('en')} of {of.toLocaleString('en')}.
        </p>
      )}
    </section>
  )
}
