'use client'

import { IconChartHistogram } from '@tabler/icons-react'
import { useMemo } from 'react'
import { EmptyState } from '../../../../_ui/empty-state'
import { Attributes } from './attributes'
import { BoxesSection } from './boxes-section'
import { type Exploring, ExploringProvider } from './context'
import { CorrelationSection } from './correlation-section'
import classes from './explore.module.css'
import { FilterBar } from './filter-bar'
import { GallerySection } from './gallery-section'
import { ScatterSection } from './scatter-section'
import { useAddress } from './use-address'

type Props = Omit<Exploring, 'filters' | 'setFilters'> & {
  /** The address behind `?`. */
  query: string
}

/** A version in figures: columns, pairs of columns, groups; a press on one filters all. */
export function ExploreView({ query, dataset, version, rows, columns, mayCreate }: Props) {
  const { filters, choices, setFilters, choose } = useAddress(query)
  const exploring = useMemo(
    () => ({ dataset, version, rows, columns, mayCreate, filters, setFilters }),
    [dataset, version, rows, columns, mayCreate, filters, setFilters],
  )
  if (rows === 0 || columns.length === 0) {
    return (
      <EmptyState icon={<IconChartHistogram size={22} stroke={1.6} />} title="Nothing to explore yet" compact>
        This version has no {columns.length === 0 ? 'columns' : 'rows'}.
      </EmptyState>
    )
  }
  return (
    <ExploringProvider value={exploring}>
      <div className={classes.view}>
        <FilterBar />
        <Attributes />
        <GallerySection choices={choices} choose={choose} />
        <div id="two-attributes" className={classes.anchor}>
          <ScatterSection choices={choices} choose={choose} />
        </div>
        <CorrelationSection choices={choices} choose={choose} />
        <BoxesSection choices={choices} choose={choose} />
      </div>
    </ExploringProvider>
  )
}
