'use client'

import { Button, CloseButton } from '@mantine/core'
import { describeFilter } from '../../../../../lib/datasets/explore/describe'
import { formatFilter } from '../../../../../lib/datasets/explore/filter'
import { useKeys } from '../../../../_ui/keys'
import { useExploring } from './context'
import classes from './explore.module.css'

/** The filters that hold for all figures, each removable. */
export function FilterBar() {
  const { filters, columns, setFilters } = useExploring()
  useKeys('This page', [
    { keys: 'x', label: 'Take all filters back', run: () => filters.length > 0 && setFilters([]) },
  ])
  if (filters.length === 0) {
    return (
      <p className={classes.hint}>
        Press a bar, a cell or a name of a legend to look at those rows only; with Shift, beside those that
        are chosen already.
      </p>
    )
  }
  return (
    <section className={classes.filters} aria-label="Filters">
      <span>Only rows where</span>
      <ul>
        {filters.map((filter, i) => {
          const text = describeFilter(filter, columns)
          return (
            <li key={formatFilter(filter)}>
              <span title={text}>{text}</span>
              <CloseButton
                size="xs"
                aria-label={`Take back: ${text}`}
                onClick={() => setFilters(filters.filter((_, at) => at !== i))}
              />
            </li>
          )
        })}
      </ul>
      <Button variant="subtle" color="gray" size="compact-xs" onClick={() => setFilters([])}>
        Clear all
      </Button>
    </section>
  )
}
